package sightline.answering;

import java.util.Optional;
import java.util.function.Supplier;
import sightline.error.InputException;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.region.PatchGrid;

/**
 * Looks at pictures: questions about one picture that follow each other share its vision pass, and that of other pictures that
 * stand in for it. Owns the memory that it hands out.
 */
public final class SeenPictures implements AutoCloseable {
    private final VisionLanguageModel model;
    private final SamplePictures pictures;
    private final Slot own = new Slot();
    private final Slot other = new Slot();
    private final Slot blank = new Slot();

    /** One picture in memory, or why it cannot be. */
    private static final class Slot {
        private String picture;
        private VisionMemory memory;
        private InputException failure;

        VisionMemory see(String name, Supplier<VisionMemory> look) {
            if (!name.equals(picture)) {
                close();
                try {
                    memory = look.get();
                } catch (InputException e) {
                    failure = e;
                }
                picture = name;
            }
            return Optional.ofNullable(memory).orElseThrow(() -> failure);
        }

        void close() {
            if (memory != null) {
                memory.close();
            }
            picture = null;
            memory = null;
            failure = null;
        }
    }

    /** @param pictures closed by the caller, who may share it with others that look at other pictures of it */
    public SeenPictures(VisionLanguageModel model, SamplePictures pictures) {
        this.model = model;
        this.pictures = pictures;
    }

    /**
     * The picture as the model sees it, valid until the next call for another picture.
     *
     * @param name of its file
     * @throws InputException if the file is missing or damaged, or of other content than when its hash was taken
     */
    public VisionMemory see(String name) {
        return own.see(name, () -> model.see(pictures.tiles(name)));
    }

    /** A picture that stands in for another, which stays in memory; valid until the next call for another one that does. */
    public VisionMemory seeOther(String name) {
        return other.see(name, () -> model.see(pictures.tilesAgain(name)));
    }

    /** A picture's mean colour in place of every pixel; valid until the next call for another picture's. */
    public VisionMemory seeBlank(String name) {
        return blank.see(name, () -> model.see(pictures.blankTiles(name)));
    }

    /**
     * A picture's patches. Decodes it once more: its tiles do not tell its size.
     *
     * @throws InputException if the file is missing or damaged, or of other content than when its hash was taken
     */
    public PatchGrid patches(String name) {
        return pictures.patches(name);
    }

    @Override
    public void close() {
        own.close();
        other.close();
        blank.close();
    }
}
