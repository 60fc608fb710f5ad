package sightline.training;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.files.StrictJson;
import sightline.files.WholeFile;
import sightline.tensor.HostArrays;

/**
 * All that a training needs to go on where it stopped: what it is, steps and time; behind these parameters and momenta.
 *
 * @param steps made
 * @param seconds trained
 * @param runs how often it was begun or gone on with
 */
record TrainingState(TrainingPlan plan, long steps, double seconds, int runs) {
    private static final long MAGIC = 0x5349_4748_5433L;

    /** Writes the file in one go: an interruption leaves the one before. */
    void write(Path file, Trainer trainer) {
        WholeFile.write(file, stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeLong(MAGIC);
            out.writeUTF(plan.model());
            out.writeUTF(plan.recipe());
            out.writeLong(plan.seed());
            out.writeUTF(plan.length());
            out.writeLong(steps);
            out.writeDouble(seconds);
            out.writeInt(runs);
            for (Tensor tensor : tensors(trainer)) {
                float[] values = HostArrays.floats(tensor);
                ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
                bytes.asFloatBuffer().put(values);
                out.writeInt(values.length);
                out.write(bytes.array());
            }
            out.flush();
        });
    }

    /**
     * Reads what can be told without a trainer.
     *
     * @throws InputException if it is no state of a training
     */
    static TrainingState peek(Path file) {
        try (DataInputStream in = open(file)) {
            return header(file, in);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(InputFile.regular(file))));
    }

    private static TrainingState header(Path file, DataInputStream in) throws IOException {
        if (in.readLong() != MAGIC) {
            throw foreign(file, null);
        }
        TrainingPlan plan = new TrainingPlan(in.readUTF(), in.readUTF(), in.readLong(), in.readUTF());
        return new TrainingState(plan, in.readLong(), in.readDouble(), in.readInt());
    }

    /** Fills a trainer from the file. */
    static TrainingState read(Path file, Trainer trainer) {
        try (DataInputStream in = open(file)) {
            TrainingState state = header(file, in);
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
                    tensor.copy_(HostArrays.tensor(values, length));
                }
            }
            trainer.optimiser().steps(state.steps());
            return state;
        } catch (BufferUnderflowException e) {
            throw foreign(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InputException unreadable(Path file, IOException e) {
        if (e instanceof EOFException || e instanceof UTFDataFormatException) {
            return foreign(file, e);
        }
        return new InputException(
                file.toString(),
                "cannot be read: " + StrictJson.reason(e),
                "a readable file",
                "Check its permissions",
                e);
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
