package sightline.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sightline.error.InputException;
import sightline.json.JsonText;

/**
 * The table of contents of a safetensors file, checked against the size of its data: every tensor lies in the data, has
 * the bytes that its shape and type ask for, and the tensors fill the data without overlap or gap, as the format says.
 *
 * @param entries tensors by name, in the order of the header
 * @param metadata free text pairs, mostly {@code format: pt}
 */
record SafetensorsHeader(Map<String, TensorEntry> entries, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";

    /**
     * Parses and checks a header.
     *
     * @param file named in errors
     * @param json the header's bytes
     * @param dataBytes size of the data that follows the header in the file
     * @throws InputException if the header is no JSON or does not fit the data
     */
    static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) {
        ObjectNode root = JsonText.parse(file, "its safetensors header", json);
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(file, field.getValue(), metadata);
            } else {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue()));
            }
        }
        checkLayout(file, entries, dataBytes);
        return new SafetensorsHeader(entries, metadata);
    }

    private static void readMetadata(Path file, JsonNode node, Map<String, String> metadata) {
        if (!node.isObject()) {
            throw damaged(file, METADATA + " is " + JsonText.show(node), "an object of strings");
        }
        for (Map.Entry<String, JsonNode> pair : node.properties()) {
            if (!pair.getValue().isTextual()) {
                throw damaged(
                        file,
                        METADATA + " has " + pair.getKey() + " = " + JsonText.show(pair.getValue()),
                        "an object of strings");
            }
            metadata.put(pair.getKey(), pair.getValue().textValue());
        }
    }

    private static TensorEntry entry(Path file, String name, JsonNode node) {
        String typeName = node.path("dtype").asText("");
        StoredType type = StoredType.named(typeName)
                .orElseThrow(() -> damaged(
                        file,
                        "tensor " + name + " has the dtype " + JsonText.show(node.path("dtype")),
                        "one of " + List.of(StoredType.values())));
        List<Long> shape = longs(file, name, node, "shape");
        List<Long> offsets = longs(file, name, node, "data_offsets");
        if (offsets.size() != 2 || offsets.get(1) < offsets.get(0)) {
            throw damaged(
                    file,
                    "tensor " + name + " has the data_offsets " + offsets,
                    "two offsets [begin, end], begin <= end");
        }
        long bytes = bytes(file, name, type, shape);
        long found = offsets.get(1) - offsets.get(0);
        if (found != bytes) {
            throw damaged(
                    file,
                    "tensor " + name + " takes " + found + " bytes",
                    bytes + " bytes for shape " + shape + " of " + type);
        }
        return new TensorEntry(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private static List<Long> longs(Path file, String name, JsonNode node, String field) {
        JsonNode array = node.path(field);
        List<Long> values = new ArrayList<>();
        for (JsonNode value : array) {
            values.add(value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : -1);
        }
        if (!array.isArray() || values.stream().anyMatch(value -> value < 0)) {
            throw damaged(
                    file,
                    "tensor " + name + " has the " + field + " " + JsonText.show(array),
                    "a list of integers, 0 or more");
        }
        return values;
    }

    private static long bytes(Path file, String name, StoredType type, List<Long> shape) {
        try {
            long bytes = type.bytes();
            for (long axis : shape) {
                bytes = Math.multiplyExact(bytes, axis);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw damaged(file, "tensor " + name + " has the shape " + shape, "a shape that a file can hold");
        }
    }

    private static void checkLayout(Path file, Map<String, TensorEntry> entries, long dataBytes) {
        List<TensorEntry> inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        long filled = 0;
        String before = "the header";
        for (TensorEntry entry : inOrder) {
            if (entry.begin() < filled) {
                throw damaged(
                        file,
                        "tensors " + before + " and " + entry.name() + " overlap at byte " + entry.begin()
                                + " of the data",
                        "tensors that follow each other");
            }
            if (entry.begin() > filled) {
                throw damaged(
                        file,
                        "no tensor fills the bytes " + filled + " to " + entry.begin() + " of the data, before "
                                + entry.name(),
                        "tensors that follow each other");
            }
            filled = entry.end();
            before = entry.name();
        }
        if (filled > dataBytes) {
            throw damaged(
                    file,
                    "is cut short: its data has " + dataBytes + " bytes and " + before + " ends at byte " + filled,
                    filled + " bytes of data");
        }
        if (filled < dataBytes) {
            throw damaged(
                    file,
                    "has " + (dataBytes - filled) + " bytes after its last tensor " + before,
                    filled + " bytes of data");
        }
    }

    static InputException damaged(Path file, String problem, String expected) {
        return new InputException(
                file.toString(), problem, expected, "Fetch the file again and compare its size and checksum");
    }
}
