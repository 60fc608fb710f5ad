package sightline.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The reference numbers of golden/science: a safetensors file that holds whole numbers too. Tells what nobody asked for. */
public final class Readings {
    private final ByteBuffer bytes;
    private final JsonNode header;
    private final int data;
    private final Set<String> asked = new HashSet<>();

    public Readings() {
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(Golden.file("science/tiny10_readings.safetensors")))
                    .order(ByteOrder.LITTLE_ENDIAN);
            int length = Math.toIntExact(bytes.getLong(0));
            header = new ObjectMapper().readTree(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
            data = 8 + length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String tensor) {
        return header.has(tensor);
    }

    public double[] numbers(String tensor) {
        JsonNode entry = header.get(tensor);
        asked.add(tensor);
        String type = entry.get("dtype").asText();
        int size = "F32".equals(type) ? Float.BYTES : Double.BYTES;
        int from = data + entry.get("data_offsets").get(0).asInt();
        double[] values = new double[(data + entry.get("data_offsets").get(1).asInt() - from) / size];
        for (int i = 0; i < values.length; i++) {
            int at = from + i * size;
            values[i] = switch (type) {
                case "I64" -> bytes.getLong(at);
                case "F32" -> bytes.getFloat(at);
                case "F64" -> bytes.getDouble(at);
                default -> throw new IllegalStateException(type);
            };
        }
        return values;
    }

    /** The tensors whose names hold a text and whose numbers were not asked for yet. */
    public Set<String> left(String part) {
        Set<String> left = new TreeSet<>();
        header.fieldNames().forEachRemaining(left::add);
        left.removeIf(name -> !name.contains(part) || asked.contains(name));
        return left;
    }
}
