package sightline.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The golden float64 tensors, read without the engine's own reader. */
final class ExpectedNumbers {
    private final ByteBuffer data;
    private final JsonNode header;

    ExpectedNumbers(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong());
        header = new ObjectMapper().readTree(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
        data = bytes.position(8 + length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A tensor's numbers, row-major. */
    double[] tensor(String name) {
        JsonNode entry = header.get(name);
        if (entry == null || !entry.get("dtype").asText().equals("F64")) {
            throw new IllegalArgumentException("no float64 tensor " + name);
        }
        int begin = entry.get("data_offsets").get(0).intValue();
        double[] numbers = new double[(entry.get("data_offsets").get(1).intValue() - begin) / Double.BYTES];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = data.getDouble(begin + i * Double.BYTES);
        }
        return numbers;
    }
}
