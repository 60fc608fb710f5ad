package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import sightline.error.InputException;
import sightline.files.SettingsFile;

/**
 * What a run's {@code manifest.json} says of it.
 *
 * @param folder the run's folder
 * @param name what to call it beside others
 * @param dataset its name, as on the command line
 * @param entries how many the dataset's file holds
 * @param model the checkpoint's folder
 * @param fingerprint a hash over some bytes of the checkpoint
 * @param weights a hash over all bytes of its weights; empty in runs of format 1, and before the first line
 * @param layers L, the number of decoder layers
 * @param crossAttentionLayers those that read the image, in order
 * @param created when the run was begun, as written
 * @param version of the program that began it
 * @param settings by name, in the order of the manifest; lists joined by commas
 */
public record RunFacts(
        Path folder,
        String name,
        String dataset,
        long entries,
        String model,
        String fingerprint,
        String weights,
        int layers,
        List<Integer> crossAttentionLayers,
        String created,
        String version,
        Map<String, String> settings) {
    public RunFacts {
        Objects.requireNonNull(folder);
        crossAttentionLayers = List.copyOf(crossAttentionLayers);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Reads one run's manifest. */
    static RunFacts read(Path folder) {
        return read(List.of(folder)).get(0);
    }

    /**
     * Reads the manifests of runs that stand side by side.
     *
     * @throws InputException if a folder is given twice or is none of a run, or its manifest cannot be used
     */
    static List<RunFacts> read(List<Path> folders) {
        List<String> names = RunNames.of(folders);
        return IntStream.range(0, folders.size())
                .mapToObj(run -> read(folders.get(run), names.get(run)))
                .toList();
    }

    private static RunFacts read(Path folder, String name) {
        Path file = folder.resolve("manifest.json");
        if (!Files.isRegularFile(file)) {
            String problem = Files.isDirectory(folder)
                    ? "holds no manifest.json"
                    : Files.exists(folder) ? "is a file" : "does not exist";
            throw new InputException(
                    folder.toString(), problem, "a run's folder, as `sightline trace` makes it", "Check the name");
        }
        JsonNode json = SettingsFile.read(file, Manifest.READABLE);
        Fields fields = new Fields(file, json);
        int layers = fields.integer("/model/layers", 1);
        return new RunFacts(
                folder,
                name,
                fields.text("/dataset"),
                fields.integer("/dataset_file/entries", 0),
                fields.text("/model/path"),
                json.at("/model/fingerprint").asText(""),
                json.path("model").path("weights").isTextual()
                        ? json.at("/model/weights").textValue()
                        : "",
                layers,
                fields.layers("/model/cross_attention_layers", layers),
                json.path("created").asText(""),
                json.path("sightline").asText(""),
                fields.settings());
    }

    /** A setting, or nothing if the manifest does not have it. */
    public String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    private record Fields(Path file, JsonNode json) {
        String text(String pointer) {
            JsonNode node = json.at(pointer);
            if (!node.isTextual() || node.textValue().isBlank()) {
                throw wrong(pointer, "a text");
            }
            return node.textValue();
        }

        int integer(String pointer, int least) {
            JsonNode node = json.at(pointer);
            if (!node.isInt() || node.intValue() < least) {
                throw wrong(pointer, "a whole number of at least " + least);
            }
            return node.intValue();
        }

        List<Integer> layers(String pointer, int layers) {
            List<Integer> found = new ArrayList<>();
            if (!json.at(pointer).isArray()) {
                throw wrong(pointer, "a list of layers");
            }
            for (JsonNode node : json.at(pointer)) {
                if (!node.isInt() || node.intValue() < 0 || node.intValue() >= layers) {
                    throw wrong(pointer, "layers from 0 to " + (layers - 1));
                }
                found.add(node.intValue());
            }
            return found.stream().sorted().distinct().toList();
        }

        Map<String, String> settings() {
            Map<String, String> settings = new LinkedHashMap<>();
            json.path("settings").properties().forEach(entry -> {
                List<String> values = new ArrayList<>();
                if (entry.getValue().isArray()) {
                    entry.getValue().forEach(value -> values.add(value.asText()));
                } else {
                    values.add(entry.getValue().asText());
                }
                settings.put(entry.getKey(), String.join(", ", values));
            });
            return settings;
        }

        InputException wrong(String pointer, String expected) {
            String field = pointer.substring(1).replace('/', '.');
            JsonNode node = json.at(pointer);
            String problem = node.isMissingNode() ? field + " is missing" : field + " is " + node;
            return new InputException(file.toString(), problem, expected, "Make the run anew, or mend this file");
        }
    }
}
