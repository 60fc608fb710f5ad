package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import sightline.error.InputException;
import sightline.files.SettingsFile;

/**
 * What a run's manifest says of every line of its journals.
 *
 * @param layers of the decoder
 * @param mark that every line bears; empty in runs of format 1, whose lines have none
 * @param pathways that were cut, by name
 * @param sizes window sizes
 * @param maskings by name
 */
record LineRules(int layers, Optional<String> mark, Set<String> pathways, Set<Integer> sizes, Set<String> maskings) {
    private static final Set<String> PUBLISHED =
            Pathway.PUBLISHED.stream().map(Pathway::name).collect(Collectors.toUnmodifiableSet());

    static LineRules read(RunFolder folder) {
        Path file = folder.manifest();
        JsonNode json = SettingsFile.read(file, Manifest.READABLE);
        JsonNode layers = json.at("/model/layers");
        if (!layers.isInt() || layers.intValue() < 1) {
            throw wrong(file, "model.layers is " + layers, "a whole number of at least 1");
        }
        boolean marked = json.path("format").intValue() >= Manifest.FORMAT;
        return new LineRules(
                layers.intValue(),
                marked ? Optional.of(SettingsFile.mark(json, Manifest.FREE)) : Optional.empty(),
                set(file, json, "pathways", JsonNode::isTextual, JsonNode::textValue),
                set(file, json, "k", JsonNode::isInt, JsonNode::intValue),
                set(file, json, "masking", JsonNode::isTextual, JsonNode::textValue));
    }

    private static <T> Set<T> set(
            Path file, JsonNode json, String name, Predicate<JsonNode> right, Function<JsonNode, T> value) {
        JsonNode list = json.at("/settings/" + name);
        Set<T> set = new LinkedHashSet<>();
        boolean good = list.isArray();
        for (JsonNode one : list) {
            good = good && right.test(one) && set.add(value.apply(one));
        }
        if (!good) {
            throw wrong(file, "settings." + name + " is " + list, "a list, each once");
        }
        return set;
    }

    private static InputException wrong(Path file, String problem, String expected) {
        return new InputException(file.toString(), problem, expected, "Put back the file that was there");
    }

    /** Whether lines tell by which settings they were made, and what had nothing to cut. */
    boolean strict() {
        return mark.isPresent();
    }

    /**
     * The pathways that a sample must have curves of.
     *
     * @param idle those that had nothing to cut, as the line tells
     */
    List<String> needed(Set<String> idle) {
        // Earlier versions did not tell; the published pathways always have something to cut.
        return pathways.stream()
                .filter(pathway -> strict() ? !idle.contains(pathway) : PUBLISHED.contains(pathway))
                .toList();
    }
}
