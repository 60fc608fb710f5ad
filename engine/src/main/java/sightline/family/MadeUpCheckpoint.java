package sightline.family;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import sightline.checkpoint.ModelConfig;
import sightline.writing.RandomCheckpoint;
import sightline.writing.RandomProcessor;

/** A checkpoint of random weights with a processor that fits, to measure and try things with. */
public final class MadeUpCheckpoint {
    private final RandomProcessor processor;
    private final RandomCheckpoint weights;

    /** Nothing is written before {@link #write}. */
    public MadeUpCheckpoint(ModelSize size) {
        ModelConfig config = size.config();
        processor = new RandomProcessor(config);
        weights = new RandomCheckpoint(config, processor.specialTokens());
    }

    /** Bytes of all weight files; the other files are small. */
    public long bytes() {
        return weights.bytes();
    }

    /**
     * Writes all files.
     *
     * @param folder there, without such files in it
     * @param seed the same seed writes the same bytes
     * @param written hears after each piece how many bytes of weights are written so far
     * @throws sightline.error.InputException if a file of the model cannot be written
     * @throws IOException if one of the processor cannot
     */
    public void write(Path folder, long seed, LongConsumer written) throws IOException {
        weights.write(folder, seed, written);
        processor.write(folder);
    }
}
