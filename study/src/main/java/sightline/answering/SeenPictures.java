package sightline.answering;

import java.nio.file.Path;
import java.util.Optional;
import sightline.error.InputException;
import sightline.files.FileHash;
import sightline.image.PictureReader;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;

/**
 * Looks at pictures, one in memory at a time: questions about one picture that follow each other share its vision pass.
 * Owns the memory that it hands out.
 */
public final class SeenPictures implements AutoCloseable {
    private final VisionLanguageModel model;
    private Path picture;
    private VisionMemory memory;
    private InputException failure;

    public SeenPictures(VisionLanguageModel model) {
        this.model = model;
    }

    /**
     * The picture as the model sees it, valid until the next call for another picture.
     *
     * @param content the SHA-256 of the picture that is meant, as {@link PictureHashes} gives it
     * @throws InputException if the file is missing or damaged, or of other content
     */
    public VisionMemory see(Path file, String content) {
        if (!file.equals(picture)) {
            close();
            try {
                byte[] bytes = PictureReader.bytes(file);
                if (!FileHash.of(bytes).equals(content)) {
                    throw new InputException(
                            file.toString(),
                            "was changed since this began",
                            "pictures that nobody touches until the end",
                            "Give the same command again");
                }
                memory = model.see(model.processor().picture(PictureReader.read(bytes, file.toString())));
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
