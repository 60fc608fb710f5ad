package sightline.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.error.InputException;
import sightline.files.WholeFile;

/** Writes and reads a run's manifest, and holds a resumed run against it. */
public final class ManifestFile {
    static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** What may differ between the calls of one run, by its place in the JSON. */
    private static final List<String> FREE = List.of("/sightline", "/created", "/dataset_file/path", "/model/path");

    private ManifestFile() {}

    /**
     * Reads a run's manifest.
     *
     * @throws InputException if it is not there or not one of this format
     */
    public static Manifest read(Path file) {
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            int format = json.path("format").asInt(0);
            if (format != Manifest.FORMAT) {
                throw new InputException(
                        file.toString(),
                        "has format " + json.path("format"),
                        "format " + Manifest.FORMAT,
                        "Use the version of Sightline that wrote it");
            }
            return MAPPER.treeToValue(json, Manifest.class);
        } catch (JacksonException e) {
            throw new InputException(
                    file.toString(),
                    "is no manifest: " + e.getOriginalMessage(),
                    "the file that a run begins with",
                    "Give another folder",
                    e);
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be read: " + e, "the manifest of a run", "Check the path", e);
        }
    }

    /**
     * Begins a run, or sees to it that it goes on as it began.
     *
     * @throws InputException naming the first setting that differs
     */
    static void beginOrCompare(Path file, Manifest manifest) {
        if (!Files.exists(file)) {
            WholeFile.write(file, out -> out.write(MAPPER.writeValueAsBytes(manifest.json())));
            return;
        }
        Map<String, JsonNode> old = fields(read(file).json());
        fields(manifest.json()).forEach((field, value) -> {
            if (!value.equals(old.get(field))) {
                throw differs(file, field, old.get(field), value);
            }
        });
    }

    private static InputException differs(Path file, String field, JsonNode old, JsonNode now) {
        String name = field.substring(field.lastIndexOf('/') + 1);
        String what =
                switch (field) {
                    case "/dataset_file/sha256" -> "its dataset file had another content: sha256 ";
                    case "/model/fingerprint" -> "its checkpoint had other weights: fingerprint ";
                    case "/model/processor" -> "its checkpoint had another tokeniser or template: sha256 ";
                    default -> "it was begun with " + name + " ";
                };
        return new InputException(
                file.toString(),
                "the run cannot go on under other settings: " + what + old + ", now it is " + now,
                "",
                "Give the same as when it began, or another folder to --out");
    }

    private static Map<String, JsonNode> fields(JsonNode manifest) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        collect("", manifest, fields);
        return fields;
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> fields) {
        if (FREE.contains(path)) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), fields));
        } else {
            fields.put(path, node);
        }
    }
}
