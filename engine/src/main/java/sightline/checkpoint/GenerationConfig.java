package sightline.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import sightline.error.InputException;
import sightline.json.JsonText;

/**
 * How a checkpoint wants to be decoded.
 *
 * @param endTokens tokens that end an answer; unmodifiable. Without any, only its longest length ends it
 * @param temperature divides the logits before the softmax; 0 takes the likeliest token each time
 * @param topP nucleus sampling keeps the likeliest tokens up to this probability, in [0, 1]; at 0 the likeliest alone
 */
public record GenerationConfig(SortedSet<Integer> endTokens, double temperature, double topP) {
    private static final String END_TOKENS = "eos_token_id";

    /** Checks the values; see the parameters. */
    public GenerationConfig {
        endTokens = Collections.unmodifiableSortedSet(new TreeSet<>(endTokens));
        if (!endTokens.isEmpty() && endTokens.first() < 0) {
            throw Invalid.field(END_TOKENS, endTokens, "token ids, none negative");
        }
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw Invalid.field("temperature", temperature, "a number of at least 0");
        }
        if (!(topP >= 0 && topP <= 1)) {
            throw Invalid.field("top_p", topP, "a number from 0 to 1");
        }
    }

    /**
     * Reads a {@code generation_config.json}. A missing temperature or top_p is 1, which changes nothing, as in the
     * reference; without an end token there is none, whatever {@code config.json} says.
     *
     * @throws InputException if it is missing, no JSON, or names an end token outside the vocabulary
     */
    public static GenerationConfig read(Path file, ModelConfig config) {
        return of(file, ConfigFields.outermost(JsonText.read(file)), config);
    }

    /** From {@code config.json}, where older checkpoints keep their end tokens. */
    static GenerationConfig fromConfig(Path file, ObjectNode json, ModelConfig config) {
        ConfigFields fields = ConfigFields.outermost(json);
        // The outermost field wins; published checkpoints have it in text_config only.
        ConfigFields told = fields.has(END_TOKENS) ? fields : fields.object("text_config");
        GenerationConfig read = of(file, told, config);
        return told.has(END_TOKENS)
                ? read
                : new GenerationConfig(new TreeSet<>(config.usualEndTokens()), read.temperature(), read.topP());
    }

    private static GenerationConfig of(Path file, ConfigFields fields, ModelConfig config) {
        try {
            GenerationConfig generation = new GenerationConfig(
                    new TreeSet<>(endTokens(fields)), numberOrOne(fields, "temperature"), numberOrOne(fields, "top_p"));
            int last = config.shape().vocabulary() - 1;
            if (!generation.endTokens().isEmpty() && generation.endTokens().last() > last) {
                throw fields.wrong(END_TOKENS, "tokens of the vocabulary, 0 to " + last);
            }
            return generation;
        } catch (InputException e) {
            String nextStep = "Use the " + file.getFileName() + " that was published with the checkpoint";
            throw new InputException(file.toString(), e.problem(), e.expected(), nextStep, e);
        }
    }

    private static List<Integer> endTokens(ConfigFields fields) {
        if (!fields.has(END_TOKENS)) {
            return List.of();
        }
        boolean list = fields.node().get(END_TOKENS).isArray();
        return list ? fields.integers(END_TOKENS) : List.of(fields.integer(END_TOKENS));
    }

    private static double numberOrOne(ConfigFields fields, String field) {
        return fields.has(field) ? fields.number(field) : 1;
    }
}
