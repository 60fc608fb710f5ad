package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import sightline.error.InputException;

/** Pictures of all kinds, whole and broken: the pixels that Pillow 11.1 gives, or an error, and never other pixels. */
class ManyPicturesTest {
    private static final JsonNode PILLOW = Golden.json(PictureReaderTest.MORE.resolve("many.json"));

    @Test
    void thePixelsArePillowsOrThereAreNone() throws IOException {
        Set<String> unread = new HashSet<>(Files.readAllLines(PictureReaderTest.MORE.resolve("many-unread.txt")));
        List<String> wrong = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int equal = 0;
        Path file = PictureReaderTest.MORE.resolve("many.zip");
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                String expected = unread.contains(name) ? "" : PILLOW.get(name).textValue();
                String found = read(name, zip.readAllBytes());
                seen.add(name);
                equal += !found.isEmpty() && found.equals(expected) ? 1 : 0;
                if (!found.equals(expected)) {
                    wrong.add(name + ": " + found + ", not " + expected);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).hasSize(PILLOW.size()).containsAll(unread);
        assertThat(equal).isGreaterThan(PILLOW.size() / 3);
        assertThat(unread).allSatisfy(name -> assertThat(PILLOW.get(name).textValue())
                .as("Pillow reads " + name)
                .isNotEmpty());
    }

    /** Empty if it is refused, in one line that names it. */
    private static String read(String name, byte[] bytes) {
        try {
            RgbImage picture = PictureReader.read(bytes, name);
            return picture.width() + "x" + picture.height() + " " + Golden.sha256(picture.rgb());
        } catch (InputException e) {
            assertThat(e.getMessage()).startsWith(name + ": ").doesNotContain("\n");
            return "";
        }
    }
}
