package sightline.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes safetensors files for tests, whole or with data that is only a hole in the file. */
final class SafetensorsFixture {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path path;
    private final ObjectNode header = MAPPER.createObjectNode();
    private final Map<Long, byte[]> data = new LinkedHashMap<>();
    private long size;

    private SafetensorsFixture(Path path) {
        this.path = path;
    }

    static SafetensorsFixture to(Path path) {
        return new SafetensorsFixture(path);
    }

    SafetensorsFixture add(String name, String type, long[] shape, byte[] bytes) {
        data.put(size, bytes);
        return addHole(name, type, shape, bytes.length);
    }

    SafetensorsFixture addHole(String name, String type, long[] shape, long bytes) {
        ObjectNode entry = header.putObject(name).put("dtype", type);
        ArrayNode axes = entry.putArray("shape");
        for (long axis : shape) {
            axes.add(axis);
        }
        entry.putArray("data_offsets").add(size).add(size + bytes);
        size += bytes;
        return this;
    }

    Path write() {
        return write(path, padded(header.toString()), data, size);
    }

    /** Any header text, true or not, and so many zero bytes of data. */
    static Path write(Path path, String header, long dataBytes) {
        return write(path, header, Map.of(), dataBytes);
    }

    private static String padded(String header) {
        return header + " ".repeat((8 - header.length() % 8) % 8);
    }

    private static Path write(Path path, String header, Map<Long, byte[]> data, long size) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.SPARSE)) {
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(length.putLong(text.length).flip());
            channel.write(ByteBuffer.wrap(text));
            long start = channel.position();
            for (Map.Entry<Long, byte[]> part : data.entrySet()) {
                channel.write(ByteBuffer.wrap(part.getValue()), start + part.getKey());
            }
            if (channel.size() < start + size) {
                channel.write(ByteBuffer.allocate(1), start + size - 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }
}
