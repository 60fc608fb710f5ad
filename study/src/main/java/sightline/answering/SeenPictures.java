package sightline.answering;

import java.util.Optional;
import sightline.error.InputException;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;

/**
 * Looks at pictures, one in memory at a time: questions about one picture that follow each other share its vision pass.
 * Owns the memory that it hands out.
 */
public final class SeenPictures implements AutoCloseable {
    private final VisionLanguageModel model;
    private final SamplePictures pictures;
    private String picture;
    private VisionMemory memory;
    private InputException failure;

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
        if (!name.equals(picture)) {
            close();
            try {
                memory = model.see(pictures.tiles(name));
            } catch (InputException e) {
                failure = e;
            }
            picture = name;
        }
        return Optional.ofNullable(memory).orElseThrow(() -> failure);
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
        }
        picture = null;
        memory = null;
        failure = null;
    }
}
