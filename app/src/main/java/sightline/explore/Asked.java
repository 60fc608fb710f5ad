package sightline.explore;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sightline.ask.AskedOptions;
import sightline.ask.Inquiry;
import sightline.files.FileHash;
import sightline.model.LoadOptions;

/**
 * What a request asks, read by {@code ask}'s own options: their names without dashes are the request's fields.
 *
 * @param picture its name
 * @param arguments as on the command line, in the order of their names
 */
record Asked(String picture, List<String> arguments) {
    private static final String PICTURE = "picture";
    private static final int LONGEST = 2_000;

    Asked {
        arguments = List.copyOf(arguments);
    }

    @Command(name = "ask")
    private static final class Holder {
        @Mixin
        private AskedOptions options;
    }

    /**
     * Reads one.
     *
     * @throws RequestRefusal if a field is no option of {@code ask}, or no text, number, truth value or list of texts
     */
    static Asked of(JsonNode body) {
        if (!body.isObject() || !body.path(PICTURE).isTextual()) {
            throw new RequestRefusal(RequestRefusal.WRONG, "A question needs a picture.");
        }
        Map<String, OptionSpec> options = new TreeMap<>();
        CommandSpec spec = new CommandLine(new Holder()).getCommandSpec();
        for (OptionSpec option : spec.options()) {
            for (String name : option.names()) { // some have the published scripts' spelling beside their own
                options.put(name.replaceFirst("^--", ""), option);
            }
        }
        Map<String, List<String>> given = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!field.getKey().equals(PICTURE)) {
                OptionSpec option = options.get(field.getKey());
                if (option == null) {
                    throw new RequestRefusal(
                            RequestRefusal.WRONG, "`ask` has no option of this name: " + shortened(field.getKey()));
                }
                String name = option.names()[0].substring(2);
                given.put(name, arguments(option, name, field.getValue()));
            }
        }
        return new Asked(
                body.path(PICTURE).asText(),
                given.values().stream().flatMap(List::stream).toList());
    }

    private static List<String> arguments(OptionSpec option, String name, JsonNode value) {
        if (value.isNull() || (value.isBoolean() && !value.asBoolean())) {
            return List.of();
        }
        if (value.isBoolean()) {
            if (option.arity().max() > 0) {
                throw new RequestRefusal(RequestRefusal.WRONG, name + " needs a value.");
            }
            return List.of("--" + name);
        }
        if (option.arity().max() == 0) {
            throw new RequestRefusal(RequestRefusal.WRONG, name + " is true or false.");
        }
        Stream<JsonNode> values = value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value);
        return values.map(one -> {
                    if (!one.isTextual() && !one.isNumber()) {
                        throw new RequestRefusal(RequestRefusal.WRONG, name + " is no text.");
                    }
                    if (one.asText().length() > LONGEST) {
                        throw new RequestRefusal(
                                RequestRefusal.WRONG, name + " is longer than " + LONGEST + " characters.");
                    }
                    return "--" + name + "=" + one.asText();
                })
                .toList();
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /** Told apart by it from all that asks something else. */
    String key() {
        return FileHash.of(picture + "\n" + String.join("\n", arguments)).substring(0, 24);
    }

    /**
     * The inquiry.
     *
     * @throws RequestRefusal if the command line would refuse it
     * @throws sightline.error.InputException likewise
     */
    Inquiry inquiry(Path model, LoadOptions loading) {
        Holder holder = new Holder();
        CommandLine line = new CommandLine(holder);
        line.setExpandAtFiles(false);
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new RequestRefusal(
                    RequestRefusal.WRONG, e.getMessage().lines().findFirst().orElse("The question cannot be read."));
        }
        return holder.options.inquiry(model, loading, Path.of(picture), Optional.empty());
    }

    /** Whether an option is given. */
    boolean has(String option) {
        return arguments.stream().anyMatch(argument -> argument.startsWith(option + "="));
    }

    /** The same on the command line. */
    String command(String model) {
        List<String> words =
                new ArrayList<>(List.of("sightline", "ask", "--model", quoted(model), "--image", "PICTURE"));
        for (String argument : arguments) {
            int value = argument.indexOf('=');
            words.add(value < 0 ? argument : argument.substring(0, value + 1) + quoted(argument.substring(value + 1)));
        }
        words.add("--json");
        return words.stream().collect(Collectors.joining(" "));
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:,=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
