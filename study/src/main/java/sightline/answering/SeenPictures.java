package sightline.answering;

import java.nio.file.Path;
import java.util.Optional;
import sightline.error.InputException;
import sightline.model.Mllama;
import sightline.model.VisionMemory;

/**
 * Looks at pictures, one in memory at a time: questions about one picture that follow each other share its vision pass.
 * Owns the memory that it hands out.
 */
public final class SeenPictures implements AutoCloseable {
    private final Mllama model;
    private Path picture;
    private VisionMemory memory;
    private InputException failure;

    public SeenPictures(Mllama model) {
        this.model = model;
    }

    /**
     * The picture as the model sees it, valid until the next call for another picture.
     *
     * @throws InputException if the file is missing or damaged
     */
    public VisionMemory see(Path file) {
        if (!file.equals(picture)) {
            close();
            try {
                memory = model.see(model.processor().picture(file));
            } catch (InputException e) {
                failure = e;
            }
            picture = file;
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
