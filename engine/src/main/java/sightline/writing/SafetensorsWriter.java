package sightline.writing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.StoredType;
import sightline.checkpoint.WeightSpec;
import sightline.error.InputException;
import sightline.tensor.HostArrays;

/**
 * Writes one safetensors file as a stream: the header first, which says what will follow, then the tensors in its order,
 * each in pieces of any size. Nothing is held in memory.
 */
final class SafetensorsWriter implements AutoCloseable {
    /** The header is padded to this, so that the data begin at a multiple of every element's size. */
    private static final int ALIGNMENT = 8;

    private final Path path;
    private final StoredType type;
    private final List<WeightSpec> tensors;
    private final FileChannel channel;
    private int next;
    private long elementsOfNext;

    private SafetensorsWriter(Path path, StoredType type, List<WeightSpec> tensors, FileChannel channel) {
        this.path = path;
        this.type = type;
        this.tensors = tensors;
        this.channel = channel;
    }

    /**
     * Begins a file that does not exist yet.
     *
     * @param type of all tensors
     * @param tensors names and shapes, in the order in which they will be given
     * @throws InputException if the file is there or cannot be written
     */
    static SafetensorsWriter create(Path path, StoredType type, List<WeightSpec> tensors) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            SafetensorsWriter writer = new SafetensorsWriter(path, type, List.copyOf(tensors), channel);
            writer.writeFully(header(type, tensors));
            return writer;
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** How long a file with these tensors is, in bytes. */
    static long size(StoredType type, List<WeightSpec> tensors) {
        long data = tensors.stream().mapToLong(WeightSpec::elements).sum() * type.bytes();
        return header(type, tensors).remaining() + data;
    }

    private static ByteBuffer header(StoredType type, List<WeightSpec> tensors) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("__metadata__").put("format", "pt"); // the reference refuses files that do not say so
        long begin = 0;
        for (WeightSpec tensor : tensors) {
            long end = begin + tensor.elements() * type.bytes();
            ObjectNode entry = root.putObject(tensor.name()).put("dtype", type.name());
            ArrayNode shape = entry.putArray("shape");
            tensor.shape().forEach(axis -> shape.add(axis.longValue()));
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        String json = root.toString();
        String padded = json + " ".repeat(Math.floorMod(-json.length(), ALIGNMENT));
        byte[] text = padded.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .flip();
    }

    /**
     * The next numbers of the data, row-major.
     *
     * @param name of the tensor that they belong to: the first that is not complete yet
     * @param piece on the CPU, of the file's type; at most what is left of that tensor
     * @throws IllegalArgumentException if another tensor's turn it is, or the piece is too long or of another type
     * @throws InputException if the file cannot be written, for want of space for instance
     */
    void append(String name, Tensor piece) {
        long left = next < tensors.size() ? tensors.get(next).elements() - elementsOfNext : 0;
        boolean right = next < tensors.size()
                && tensors.get(next).name().equals(name)
                && piece.numel() <= left
                && piece.scalar_type().intern() == type.scalarType();
        if (!right) {
            throw new IllegalArgumentException(piece.numel() + " numbers of " + name + " given, but " + left + " "
                    + type + " of " + (next < tensors.size() ? tensors.get(next).name() : "nothing") + " expected");
        }
        try {
            writeFully(HostArrays.bytes(piece));
        } catch (IOException e) {
            throw unwritable(path, e);
        }
        elementsOfNext += piece.numel();
        if (elementsOfNext == tensors.get(next).elements()) {
            next++;
            elementsOfNext = 0;
        }
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Ends the file.
     *
     * @throws IllegalStateException if tensors of the header are missing; the file then stays cut short
     */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
        if (next < tensors.size()) {
            throw new IllegalStateException(path + " lacks " + tensors.get(next).name() + " and what follows");
        }
    }

    static InputException unwritable(Path path, IOException e) {
        return new InputException(
                path.toString(),
                "cannot be written: " + e.getMessage(),
                "a folder with enough space that can be written to",
                "Check its permissions and the free space, or choose another",
                e);
    }
}
