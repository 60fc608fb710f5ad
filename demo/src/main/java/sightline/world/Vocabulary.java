package sightline.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The demo's tokens: bytes, what is merged of them, then the special ones; the image token comes behind all that a model
 * can say, as in the published checkpoints. Learnt from the world's own text within the published instructions.
 */
final class Vocabulary {
    /** How Llama 3 splits text before it merges. */
    static final String SPLIT = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    static final String BEGIN = "<|begin_of_text|>";
    static final String END_OF_TEXT = "<|end_of_text|>";
    static final String PADDING = "<|finetune_right_pad_id|>";
    static final String END_OF_MESSAGE = "<|eom_id|>";
    static final String END_OF_TURN = "<|eot_id|>";
    static final String IMAGE = "<|image|>";

    /** Those of Llama 3.2-Vision, in its order. */
    static final List<String> SPECIAL = List.of(
            BEGIN,
            END_OF_TEXT,
            "<|reserved_special_token_0|>",
            "<|reserved_special_token_1|>",
            PADDING,
            "<|step_id|>",
            "<|start_header_id|>",
            "<|end_header_id|>",
            END_OF_MESSAGE,
            END_OF_TURN,
            "<|python_tag|>",
            IMAGE);

    private static final Pattern SPLITTER = Pattern.compile(SPLIT);
    /** Enough for every word of the world to occur. */
    private static final int SCENES = 600;

    private final List<BytePairs.Pair> merges;
    private final List<String> tokens;

    private Vocabulary(List<BytePairs.Pair> merges) {
        this.merges = List.copyOf(merges);
        Set<String> all = new LinkedHashSet<>(BytePairs.alphabet());
        merges.forEach(pair -> all.add(pair.joined()));
        this.tokens = new ArrayList<>(all);
    }

    /** Learns it; always the same. */
    static Vocabulary learn() {
        Map<String, Long> words = new LinkedHashMap<>();
        for (int seed = 0; seed < SCENES; seed++) {
            for (SceneQuestion question : World.scene(seed, Mix.all()).questions()) {
                String prompt = question.style()
                        .prompt()
                        .fill(question.question(), question.choices())
                        .text();
                count(prompt, words);
                count(question.answer(), words);
            }
        }
        return new Vocabulary(BytePairs.merges(words));
    }

    private static void count(String text, Map<String, Long> words) {
        Matcher word = SPLITTER.matcher(text);
        while (word.find()) {
            words.merge(BytePairs.spell(word.group()), 1L, Long::sum);
        }
    }

    List<BytePairs.Pair> merges() {
        return merges;
    }

    /** Without the special ones, in order of their ids, spelt byte by byte. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** How many tokens a model can say: all but the image token. */
    int size() {
        return tokens.size() + SPECIAL.size() - 1;
    }

    /** The id of a special token. */
    int id(String special) {
        int index = SPECIAL.indexOf(special);
        if (index < 0) {
            throw new IllegalArgumentException("no special token " + special);
        }
        return tokens.size() + index;
    }
}
