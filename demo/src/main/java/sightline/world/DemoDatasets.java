package sightline.world;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.files.StrictJson;
import sightline.image.PictureWriter;
import sightline.image.RgbImage;

/**
 * Writes scenes as three small datasets, in the formats in which VQAv2, Visual7W and DocVQA are published.
 *
 * <p>Pictures are PNG, whatever their names end in: the datasets fix the names, and nothing may be lost of what was
 * painted. Sightline reads a picture by its content. Beside them lies what tells where the pictures show the answers, for
 * {@code --region answer}: {@code ocr/} of documents, {@code boxes.json} of shapes.
 */
public final class DemoDatasets {
    /** Of pictures that the demo's model has never seen: training hashes its seeds to 64 bits, none is one of the few from here. */
    public static final long HELD_OUT = 50_000_000;

    private static final long BETWEEN_STYLES = 1_000_000;

    private DemoDatasets() {}

    /**
     * One dataset on disk.
     *
     * @param annotations the file with the answers
     * @param questions VQAv2's other file
     * @param images the folder of its pictures
     * @param pictures their names in that folder
     * @param asked all questions, in the order of the file
     */
    public record Written(
            Path annotations, Optional<Path> questions, Path images, List<String> pictures, List<SceneQuestion> asked) {
        public Written {
            pictures = List.copyOf(pictures);
            asked = List.copyOf(asked);
        }
    }

    /** A scene with its number in its dataset, from 1. */
    record Numbered(int number, Scene scene) {}

    /**
     * Writes all three, each into a folder named after its dataset.
     *
     * @param dir created where missing; files of the same names are overwritten
     * @param seed the same seed writes the same files
     * @param pictures of each dataset, at least 1
     * @param questions about each picture at most, at least 1
     * @param progress hears how many pictures are drawn, of all three
     * @throws InputException if a file cannot be written
     */
    public static Map<Dataset, Written> write(Path dir, long seed, int pictures, int questions, IntConsumer progress) {
        if (pictures < 1) {
            throw new IllegalArgumentException(pictures + " pictures");
        }
        Map<Dataset, Written> written = new EnumMap<>(Dataset.class);
        long first = seed;
        int drawn = 0;
        for (Dataset style : Dataset.values()) {
            Mix mix = Mix.of(style).withQuestions(questions);
            List<Numbered> scenes = new ArrayList<>();
            for (int i = 0; i < pictures; i++) {
                scenes.add(new Numbered(i + 1, World.scene(first + i, mix)));
                drawn++;
                progress.accept(drawn);
            }
            written.put(style, write(dir.resolve(style.toString()), style, scenes));
            first += BETWEEN_STYLES; // one seed draws one scene of shapes, whichever the style
        }
        return written;
    }

    private static Written write(Path folder, Dataset style, List<Numbered> scenes) {
        Path images = folder.resolve("images");
        Map<String, String> json = new LinkedHashMap<>(OfficialJson.of(style, scenes));
        json.putAll(PlaceFiles.of(style, scenes));
        try {
            Files.createDirectories(images);
            for (Map.Entry<String, String> file : json.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            for (Numbered numbered : scenes) {
                Path file = images.resolve(OfficialJson.image(style, numbered.number()));
                picture(numbered.scene().picture(), file);
            }
        } catch (IOException e) {
            throw new InputException(
                    folder.toString(),
                    "cannot take the demo's dataset: " + StrictJson.reason(e),
                    "a folder that can be written to",
                    "Choose another folder, or free some space",
                    e);
        }
        return new Written(
                folder.resolve(OfficialJson.annotations(style)),
                OfficialJson.questions(style).map(folder::resolve),
                images,
                scenes.stream()
                        .map(numbered -> OfficialJson.image(style, numbered.number()))
                        .toList(),
                scenes.stream()
                        .flatMap(numbered -> numbered.scene().questions().stream())
                        .toList());
    }

    private static void picture(RgbImage picture, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            PictureWriter.png(picture, out);
        }
    }
}
