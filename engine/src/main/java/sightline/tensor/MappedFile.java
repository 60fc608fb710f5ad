package sightline.tensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import sightline.error.InputException;
import sightline.error.InputFile;

/**
 * A file mapped into memory, read as tensors without copying it.
 *
 * <p>Opening costs no reading: the system loads a page when it is first touched and may drop it again. The mapping is
 * private, so writing to a view never reaches the file; for that, Linux refuses a single file larger than memory and
 * swap unless vm.overcommit_memory is 1 (many files together may be larger). The file must not shrink while it is mapped, or the system ends
 * the process.
 *
 * <p>Ownership: whoever opens closes. libtorch counts references: the memory is unmapped when this object and its last
 * view are closed, so a view stays readable after {@link #close()}, but no new one can be made. Safe for use by several
 * threads.
 */
public final class MappedFile implements AutoCloseable {
    private final Path path;
    private final long size;
    private Tensor bytes; // (size) of Byte; null once closed

    private MappedFile(Path path, long size, Tensor bytes) {
        this.path = path;
        this.size = size;
        this.bytes = bytes;
    }

    /**
     * Maps the first {@code size} bytes of a file, for reading only.
     *
     * @param path the file
     * @param size bytes to map, 1 or more and at most the file's length
     * @throws InputException if the file is missing or shorter, or the system refuses to map it
     */
    public static MappedFile open(Path path, long size) {
        Objects.requireNonNull(path);
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size + " of a mapping must be positive");
        }
        long length = lengthOf(path);
        if (length < size) {
            throw new InputException(
                    path.toString(), "has " + length + " bytes", "at least " + size + " bytes", "Fetch the file again");
        }
        try (Scope scope = Scope.open()) {
            // shared = false: true would open the file for writing and could grow it.
            Tensor bytes = torch.from_file(
                    new BytePointer(path.toString(), StandardCharsets.UTF_8),
                    new BoolOptional(false),
                    new LongOptional(size),
                    new TensorOptions(ScalarType.Byte));
            bytes.retainReference(); // past any scope: this object owns it
            return new MappedFile(path, size, bytes);
        } catch (RuntimeException e) {
            throw new InputException(
                    path.toString(),
                    "cannot be mapped into memory: " + firstLine(e),
                    "a readable file on a file system that supports mapping",
                    "If the file is larger than memory and swap, use a checkpoint in shards or allow it with"
                            + " vm.overcommit_memory=1; else check permissions and ulimit -v",
                    e);
        }
    }

    /**
     * A part of the file as a tensor. No bytes are copied unless {@code offset} is not a multiple of the element's size,
     * where the processor could not read them in place.
     *
     * @param offset first byte, from the start of the file
     * @param shape sizes of the axes; empty for one number
     * @param type how the bytes are read, little-endian, rows first
     * @return the view, owned by the scope open around the call, or by the caller if there is none
     * @throws IllegalStateException after {@link #close()}
     * @throws IndexOutOfBoundsException if the part does not lie in the mapped bytes
     */
    public synchronized Tensor view(long offset, long[] shape, ScalarType type) {
        if (bytes == null) {
            throw new IllegalStateException(path + " is closed: no tensor of it can be read any more");
        }
        long elementSize = torch.elementSize(type);
        long length = elementSize;
        for (long axis : shape) {
            length = Math.multiplyExact(length, axis);
        }
        Objects.checkFromIndexSize(offset, length, size);
        try (Scope scope = Scope.open()) {
            Tensor part = bytes.narrow(0, offset, length);
            if (offset % elementSize != 0) {
                part = part.clone();
            }
            Tensor view = part.view(type).view(shape);
            return scope.keep(view);
        }
    }

    /** The mapped file. */
    public Path path() {
        return path;
    }

    /** How many bytes are mapped. */
    public long size() {
        return size;
    }

    /** Gives up the mapping; views that are still open keep their memory. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        if (bytes != null) {
            bytes.close();
            bytes = null;
        }
    }

    private static long lengthOf(Path path) {
        try {
            return Files.size(InputFile.regular(path));
        } catch (IOException e) {
            throw new InputException(path.toString(), "cannot be read: " + e, "a readable file", "Check the path", e);
        }
    }

    /** Errors of libtorch carry a native stack trace below their first line. */
    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown error");
    }
}
