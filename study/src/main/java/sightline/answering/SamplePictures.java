package sightline.answering;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.error.InputException;
import sightline.files.FileHash;
import sightline.files.Folders;
import sightline.image.ImageTiles;
import sightline.image.MeanColour;
import sightline.image.PictureReader;
import sightline.image.RgbImage;
import sightline.model.Processor;
import sightline.model.VisionLanguageModel;
import sightline.region.PatchGrid;

/**
 * The pictures of a dataset as a model's processor makes them: read, decoded, resized and cut into tiles. Where cards compute,
 * the next ones are made meanwhile, so that no card waits for a picture; the CPU's cores have enough to do.
 */
public final class SamplePictures implements AutoCloseable {
    /** Pictures that wait for each card; 11B's take 15 MB each. */
    private static final int AHEAD = 6;

    /** Threads that make pictures for each card, if there are so many cores. */
    private static final int THREADS = 2;

    private final Processor processor;
    private final Path folder;
    private final Map<String, String> contents;
    private final Optional<MadeAhead<String, ImageTiles>> ahead;

    private SamplePictures(
            Processor processor, Path folder, Map<String, String> contents, List<String> order, int cards) {
        this.processor = processor;
        this.folder = folder;
        this.contents = Map.copyOf(contents);
        int threads = Math.min(THREADS * cards, Runtime.getRuntime().availableProcessors());
        this.ahead =
                cards == 0 ? Optional.empty() : Optional.of(new MadeAhead<>(order, this::read, AHEAD * cards, threads));
    }

    /**
     * Pictures for models of one checkpoint.
     *
     * @param folder of the pictures
     * @param contents what {@link PictureHashes} gives for their names
     * @param order the names of those that will be asked for, each once
     */
    public static SamplePictures of(
            List<VisionLanguageModel> models, Path folder, Map<String, String> contents, List<String> order) {
        int cards = (int) models.stream()
                .filter(model -> model.compute().device().isCard())
                .count();
        return ahead(models.get(0), folder, contents, order, cards);
    }

    /**
     * Sees to it that the folder is there, in a process that was only told of it: samples must not fail one by one for want of it.
     *
     * @throws InputException if it is not
     */
    public static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    folder.toString(),
                    "is no folder there",
                    "the folder of the dataset's pictures, at the same path on every machine",
                    "Mount it there");
        }
    }

    /** As {@link #of} makes them if so many cards compute. */
    static SamplePictures ahead(
            VisionLanguageModel model, Path folder, Map<String, String> contents, List<String> order, int cards) {
        return new SamplePictures(model.processor(), folder, contents, order, cards);
    }

    /**
     * A picture's tiles; asked for once.
     *
     * @throws InputException if the file is missing or damaged, or of other content than when its hash was taken
     */
    ImageTiles tiles(String name) {
        return ahead.map(pictures -> pictures.take(name)).orElseGet(() -> read(name));
    }

    /** The same, which may have been asked for before. */
    ImageTiles tilesAgain(String name) {
        return read(name);
    }

    /** The tiles of a picture of the same size, every pixel its mean colour. */
    ImageTiles blankTiles(String name) {
        return processor.picture(MeanColour.blank(picture(name)));
    }

    /** A picture's patches. */
    PatchGrid patches(String name) {
        RgbImage picture = picture(name);
        return processor.patches(picture.width(), picture.height());
    }

    private ImageTiles read(String name) {
        return processor.picture(picture(name));
    }

    private RgbImage picture(String name) {
        Path file = Folders.file(folder, name);
        byte[] bytes = PictureReader.bytes(file);
        if (!FileHash.of(bytes).equals(contents.get(name))) {
            throw new InputException(
                    file.toString(),
                    "was changed since this began",
                    "pictures that nobody touches until the end",
                    "Give the same command again");
        }
        return PictureReader.read(bytes, file.toString());
    }

    @Override
    public void close() {
        ahead.ifPresent(MadeAhead::close);
    }
}
