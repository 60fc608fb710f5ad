package sightline.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import sightline.error.InputException;
import sightline.json.JsonText;

/**
 * Which files hold the weights, and which tensors the index promises in each.
 *
 * @param source the index, or the one file
 * @param files every file, sorted by name
 * @param promised file by stored tensor name; empty where there is no index
 */
record WeightIndex(Path source, List<Path> files, Map<String, Path> promised) {
    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9_.-]+\\.safetensors");

    static WeightIndex single(Path file) {
        return new WeightIndex(file, List.of(file), Map.of());
    }

    /** Reads an index and checks that its shards are there. */
    static WeightIndex read(Path index) {
        JsonNode map = JsonText.read(index).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw wrong(index, "has no `weight_map`", "an object from tensor names to file names");
        }
        Map<String, Path> promised = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String shard = entry.getValue().asText("");
            // A name, not a way out of the folder.
            if (!SHARD.matcher(shard).matches()) {
                throw wrong(
                        index,
                        "puts " + entry.getKey() + " into " + JsonText.show(entry.getValue()),
                        "the name of a .safetensors file beside it");
            }
            promised.put(entry.getKey(), index.resolveSibling(shard));
        }
        List<Path> files = List.copyOf(new TreeSet<>(promised.values()));
        requireAll(index, files);
        return new WeightIndex(index, files, promised);
    }

    /** Every tensor that the index promises must be in its shard. */
    void check(Map<Path, SafetensorsFile> opened) {
        List<String> absent = promised.entrySet().stream()
                .filter(entry -> !opened.get(entry.getValue()).has(entry.getKey()))
                .map(entry -> entry.getKey() + " in " + entry.getValue().getFileName())
                .toList();
        if (!absent.isEmpty()) {
            throw wrong(
                    source,
                    "promises " + absent.size() + " tensors that are not there: " + Listing.firstOf(absent),
                    "an index and shards of the same checkpoint");
        }
    }

    private static void requireAll(Path index, List<Path> files) {
        List<String> missing = files.stream()
                .filter(file -> !Files.exists(file))
                .map(file -> file.getFileName().toString())
                .toList();
        if (!missing.isEmpty()) {
            throw wrong(
                    index,
                    missing.size() + " of the " + files.size() + " shards it names are missing: "
                            + Listing.firstOf(missing),
                    "all of them beside it");
        }
    }

    private static InputException wrong(Path index, String problem, String expected) {
        return new InputException(
                index.toString(), problem, expected, "Finish the download, or fetch the index and the shards again");
    }
}
