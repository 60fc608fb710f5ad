package sightline.knockout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sightline.text.TokenRole;

/**
 * All pathways that have a name: every source to every target.
 *
 * <p>{@code question} is the published one, every position before the last; the narrower roles are {@code question_text},
 * {@code choices}, {@code instruction}, {@code template}, {@code image_token} and {@code answer} (the answer so far).
 * {@code image} stands for the vision tokens and is a source only.
 */
public final class Pathways {
    private static final Map<String, TextTokens> TOKENS = new LinkedHashMap<>();
    private static final Map<String, Pathway> ALL = new LinkedHashMap<>();

    static {
        TOKENS.put("last", new TextTokens.Last());
        TOKENS.put("question", new TextTokens.BeforeLast());
        TOKENS.put("question_text", new TextTokens.WithRole(TokenRole.QUESTION));
        TOKENS.put("choices", new TextTokens.WithRole(TokenRole.CHOICES));
        TOKENS.put("instruction", new TextTokens.WithRole(TokenRole.INSTRUCTION));
        TOKENS.put("template", new TextTokens.WithRole(TokenRole.TEMPLATE));
        TOKENS.put("image_token", new TextTokens.WithRole(TokenRole.IMAGE));
        TOKENS.put("answer", new TextTokens.WithRole(TokenRole.ANSWER));
        Pathway.PUBLISHED.forEach(pathway -> ALL.put(pathway.name(), pathway));
        TOKENS.forEach((target, targetTokens) -> {
            put("image", new Pathway.Image(Optional.empty()), target, targetTokens);
            TOKENS.forEach((source, sourceTokens) -> put(source, new Pathway.Text(sourceTokens), target, targetTokens));
        });
    }

    private Pathways() {}

    private static void put(String source, Pathway.Source from, String target, TextTokens to) {
        boolean backwards = source.equals("last") && !target.equals("last");
        String name = source + "_to_" + target;
        if (!backwards) {
            ALL.putIfAbsent(name, new Pathway(name, from, to));
        }
    }

    /** Every named pathway, the published ones first. */
    public static Map<String, Pathway> all() {
        return Collections.unmodifiableMap(ALL); // keeps its order
    }

    /** The names of the text token sets, as they may stand before or behind {@code _to_}. */
    public static Iterable<String> textSets() {
        return TOKENS.keySet();
    }

    /** The pathway of this name, if there is one. */
    public static Optional<Pathway> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
