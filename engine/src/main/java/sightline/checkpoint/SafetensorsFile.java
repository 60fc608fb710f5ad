package sightline.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.json.JsonText;
import sightline.tensor.MappedFile;

/**
 * One file in the safetensors format: an unsigned 64-bit header length (little-endian), a JSON header, the tensors'
 * bytes. Opening reads the header and maps the rest, so it takes milliseconds whatever the size.
 *
 * <p>Ownership: whoever opens closes. A tensor belongs to its caller, see {@link MappedFile}.
 */
public final class SafetensorsFile implements AutoCloseable {
    /** Longer headers are refused, as in the format's own library. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int LENGTH_BYTES = Long.BYTES;

    private final Path path;
    private final byte[] headerBytes;
    private final SafetensorsHeader header;
    private final MappedFile file;

    private SafetensorsFile(Path path, byte[] headerBytes, SafetensorsHeader header, MappedFile file) {
        this.path = path;
        this.headerBytes = headerBytes;
        this.header = header;
        this.file = file;
    }

    /**
     * Opens a file and checks its header against its size.
     *
     * @throws InputException if the file is missing, cut short, a git-lfs pointer, or its header is wrong
     */
    public static SafetensorsFile open(Path path) {
        byte[] headerBytes;
        long size;
        try (FileChannel channel = FileChannel.open(InputFile.regular(path))) {
            size = channel.size();
            headerBytes = readHeader(path, channel, size);
        } catch (IOException e) {
            String problem = Files.exists(path) ? "cannot be read: " + e : "does not exist";
            throw new InputException(
                    path.toString(), problem, "a readable safetensors file", "Check the path and its permissions", e);
        }
        SafetensorsHeader header = SafetensorsHeader.parse(path, headerBytes, size - LENGTH_BYTES - headerBytes.length);
        return new SafetensorsFile(path, headerBytes, header, MappedFile.open(path, size));
    }

    private static byte[] readHeader(Path path, FileChannel channel, long size) throws IOException {
        byte[] start = read(channel, 0, (int) Math.min(size, 32));
        JsonText.refuseLfsPointer(path, start);
        if (size < LENGTH_BYTES) {
            throw SafetensorsHeader.damaged(
                    path, "has " + size + " bytes", "a safetensors file, which begins with an 8-byte header length");
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > size - LENGTH_BYTES) {
            throw SafetensorsHeader.damaged(
                    path,
                    "gives its header " + Long.toUnsignedString(length) + " bytes, but has " + size + " in all",
                    "a safetensors file that is whole");
        }
        if (length > MAX_HEADER_BYTES) {
            throw SafetensorsHeader.damaged(
                    path, "has a header of " + length + " bytes", "at most " + MAX_HEADER_BYTES);
        }
        return read(channel, LENGTH_BYTES, (int) length);
    }

    private static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return buffer.array();
    }

    /** The tensors' names, in the order of the header. */
    public Set<String> names() {
        return Collections.unmodifiableSet(header.entries().keySet());
    }

    /** Whether there is a tensor of that name. */
    public boolean has(String name) {
        return header.entries().containsKey(name);
    }

    /**
     * Sizes of the axes of a tensor; empty for one number.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    public long[] shape(String name) {
        return entry(name).shape().stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * The type in which a tensor is stored.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    public StoredType type(String name) {
        return entry(name).type();
    }

    /**
     * Where a tensor's first byte lies in the file.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    public long position(String name) {
        return LENGTH_BYTES + headerBytes.length + entry(name).begin();
    }

    /**
     * A tensor in its stored type, not copied; owned as {@link MappedFile#view} says.
     *
     * @throws IllegalArgumentException if there is no such tensor
     * @throws IllegalStateException after {@link #close()}
     * @throws InputException if its type is none that we read as numbers
     */
    public Tensor tensor(String name) {
        TensorEntry entry = entry(name);
        if (!entry.type().isReadable()) {
            throw unreadable(entry);
        }
        return file.view(position(name), shape(name), entry.type().scalarType());
    }

    /** Free text that the writer left in the header. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Its size in bytes, header and all. */
    public long size() {
        return file.size();
    }

    /** No tensor can be taken after this; those taken before stay readable until closed. */
    @Override
    public void close() {
        file.close();
    }

    InputException unreadable(TensorEntry entry) {
        return new InputException(
                path.toString(),
                "tensor " + entry.name() + " is stored as " + entry.type(),
                "one of " + StoredType.readableNames(),
                "Use the unquantised checkpoint");
    }

    TensorEntry entry(String name) {
        TensorEntry entry = header.entries().get(name);
        if (entry == null) {
            throw new IllegalArgumentException(path + " holds no tensor " + name);
        }
        return entry;
    }

    byte[] headerBytes() {
        return headerBytes.clone();
    }
}
