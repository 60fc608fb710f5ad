package sightline.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.MllamaConfig;
import sightline.error.InputException;
import sightline.tensor.Arrays;

/**
 * All that a training needs to go on where it stopped: parameters, momenta, steps and time.
 *
 * @param seed of the training
 * @param steps made
 * @param seconds trained
 */
record TrainingState(long seed, long steps, double seconds) {
    private static final long MAGIC = 0x5349_4748_5432L;

    /** Writes the file in one go: an interruption leaves the one before. */
    void write(Path file, MllamaConfig config, Trainer trainer) {
        Path half = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(half)))) {
                out.writeLong(MAGIC);
                out.writeUTF(config.toString());
                out.writeLong(seed);
                out.writeLong(steps);
                out.writeDouble(seconds);
                for (Tensor tensor : tensors(trainer)) {
                    float[] values = Arrays.floats(tensor);
                    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
                    bytes.asFloatBuffer().put(values);
                    out.writeInt(values.length);
                    out.write(bytes.array());
                }
            }
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be written: " + e, "a folder that can be written to", "Check the disk", e);
        }
    }

    /**
     * Reads what can be told without a trainer, before anything is written beside the file.
     *
     * @throws InputException if it was left by a training of another model
     */
    static TrainingState peek(Path file, MllamaConfig config) {
        try (DataInputStream in = open(file)) {
            return header(file, config, in);
        } catch (IOException e) {
            throw foreign(file, e);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    private static TrainingState header(Path file, MllamaConfig config, DataInputStream in) throws IOException {
        if (in.readLong() != MAGIC || !in.readUTF().equals(config.toString())) {
            throw foreign(file, null);
        }
        return new TrainingState(in.readLong(), in.readLong(), in.readDouble());
    }

    /** Fills a trainer from the file. */
    static TrainingState read(Path file, MllamaConfig config, Trainer trainer) {
        try (DataInputStream in = open(file)) {
            TrainingState state = header(file, config, in);
            for (Tensor tensor : tensors(trainer)) {
                int length = in.readInt();
                if (length != tensor.numel()) {
                    throw foreign(file, null);
                }
                float[] values = new float[length];
                ByteBuffer.wrap(in.readNBytes(length * Float.BYTES))
                        .asFloatBuffer()
                        .get(values);
                try (PointerScope scope = new PointerScope()) {
                    tensor.copy_(Arrays.tensor(values, length));
                }
            }
            trainer.optimiser().steps(state.steps());
            return state;
        } catch (IOException | java.nio.BufferUnderflowException e) {
            throw foreign(file, e);
        }
    }

    private static InputException foreign(Path file, Exception cause) {
        return new InputException(
                file.toString(),
                "is no state of this training",
                "the file that an interrupted train-demo of this version left",
                "Choose another folder for a new training",
                cause);
    }

    private static List<Tensor> tensors(Trainer trainer) {
        List<Tensor> all = new ArrayList<>(List.of(trainer.parameters().values()));
        all.addAll(trainer.optimiser().state());
        return all;
    }
}
