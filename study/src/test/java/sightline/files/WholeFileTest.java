package sightline.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;

class WholeFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("file"), "old");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertAlone(String content) {
        assertThat(file).hasContent(content);
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void replacesWhatWasThere() {
        WholeFile.write(file, out -> out.write(bytes("new")));
        assertAlone("new");
        WholeFile.make(file, partial -> Files.writeString(partial, "made"));
        assertAlone("made");
    }

    @Test
    void ifWritingFailsTheOldStays() {
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(bytes("half"));
                    throw new IOException("no room");
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("file: cannot be written: no room");
        assertAlone("old");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(bytes("half"));
                    throw new IllegalStateException("a fault");
                }))
                .hasMessage("a fault");
        assertAlone("old");
        assertThatThrownBy(() -> WholeFile.make(file, partial -> {
                    Files.writeString(partial, "half");
                    throw new IOException("no room");
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("file: cannot be written: no room");
        assertAlone("old");
    }

    @Test
    void unfinishedTheOldStays() {
        try (WholeFile whole = WholeFile.begin(file)) {
            whole.write(new byte[1 << 20]); // more than is held back
            assertThat(WholeFile.partial(file)).exists();
            assertThat(file).hasContent("old");
        }
        assertAlone("old");
        try (WholeFile whole = WholeFile.begin(file)) {
            whole.write(bytes("new"));
            whole.finish();
        }
        assertAlone("new");
    }
}
