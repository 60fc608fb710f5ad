package sightline.knockout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sightline.text.TokenRole;

/**
 * All pathways that have a name, as cuts: every source to every target.
 *
 * <p>{@code question} is the published one, every row before the last but those of the picture; the narrower roles are
 * {@code question_text}, {@code choices}, {@code instruction}, {@code template}, {@code image_token} and {@code answer} (the
 * answer so far). {@code begin}, the first row, and {@code question_without_begin} are sources only: rows attend to the
 * first one whatever it holds (an attention sink). {@code image} stands for the vision tokens and is a source only. Where its edges run differs between
 * families: through layers of their own, or among the text rows.
 */
public final class Interventions {
    /** The name of what cuts nothing: the baseline. */
    public static final String BASELINE = "full_attention";

    /** The names of the four published pathways (METHOD section 4). */
    public static final List<String> PUBLISHED =
            List.of("last_to_last", "question_to_last", "image_to_last", "image_to_question");

    private static final String LAST = "last";
    private static final String IMAGE = "image";
    private static final Map<Medium, Interventions> BY_MEDIUM =
            Map.of(Medium.IMAGE, new Interventions(Medium.IMAGE), Medium.TEXT, new Interventions(Medium.TEXT));

    private final Map<String, TokenSet> textSets = new LinkedHashMap<>();
    private final Map<String, TokenSet> textSources = new LinkedHashMap<>(); // those that are no targets
    private final Map<String, Intervention> all = new LinkedHashMap<>();

    private final Medium imageMedium;

    private Interventions(Medium imageMedium) {
        this.imageMedium = imageMedium;
        textSets.put(LAST, new TokenSet.Last());
        textSets.put(
                "question",
                imageMedium == Medium.IMAGE
                        ? new TokenSet.BeforeLast()
                        : new TokenSet.Complement(
                                new TokenSet.Union(List.of(new TokenSet.Last(), new TokenSet.ImageTokens()))));
        textSets.put("question_text", new TokenSet.Role(TokenRole.QUESTION));
        textSets.put("choices", new TokenSet.Role(TokenRole.CHOICES));
        textSets.put("instruction", new TokenSet.Role(TokenRole.INSTRUCTION));
        textSets.put("template", new TokenSet.Role(TokenRole.TEMPLATE));
        textSets.put("image_token", new TokenSet.Role(TokenRole.IMAGE));
        textSets.put("answer", new TokenSet.Role(TokenRole.ANSWER));
        BitSet first = new BitSet();
        first.set(0);
        TokenSet begin = new TokenSet.Rows(first);
        textSources.put("begin", begin);
        List<TokenSet> notQuestion = new ArrayList<>(List.of(new TokenSet.Last(), begin));
        if (imageMedium == Medium.TEXT) {
            notQuestion.add(new TokenSet.ImageTokens());
        }
        textSources.put("question_without_begin", new TokenSet.Complement(new TokenSet.Union(notQuestion)));
        PUBLISHED.forEach(name -> all.put(name, null)); // they come first
        textSets.forEach((target, targets) -> {
            put(IMAGE, target, Act.cut(imageMedium, targets, new TokenSet.ImageTokens()));
            textSets.forEach((source, sources) -> {
                boolean backwards = source.equals(LAST) && !target.equals(LAST);
                if (!backwards) {
                    put(source, target, Act.cut(Medium.TEXT, targets, sources));
                }
            });
            textSources.forEach((source, sources) -> put(source, target, Act.cut(Medium.TEXT, targets, sources)));
        });
    }

    private void put(String source, String target, Act act) {
        String name = source + "_to_" + target;
        all.put(name, new Intervention(name, act));
    }

    /**
     * Those of a family.
     *
     * @param imageMedium how its text rows read the picture: in layers of their own, or as text rows like any other
     */
    public static Interventions of(Medium imageMedium) {
        return BY_MEDIUM.get(imageMedium);
    }

    /** How the family's text rows read the picture. */
    public Medium imageMedium() {
        return imageMedium;
    }

    /** The names that all families have, the published ones first. */
    public static Set<String> names() {
        return of(Medium.IMAGE).all().keySet();
    }

    /** The names of the text token sets, as they may stand before or behind {@code _to_}. */
    public static Set<String> textSets() {
        return Collections.unmodifiableSet(of(Medium.IMAGE).textSets.keySet());
    }

    /** The names of those that may stand before {@code _to_} only. */
    public static Set<String> textSources() {
        return Collections.unmodifiableSet(of(Medium.IMAGE).textSources.keySet());
    }

    /**
     * The text token set of a name, one of {@link #textSets} or {@link #textSources}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TokenSet textSet(String name) {
        TokenSet set = textSets.getOrDefault(name, textSources.get(name));
        if (set == null) {
            throw new IllegalArgumentException("no token set is called " + name);
        }
        return set;
    }

    /** The name of a token set, as it may stand in an intervention's; what it is in words if it has none. */
    public String nameOf(TokenSet set) {
        return Stream.concat(textSets.entrySet().stream(), textSources.entrySet().stream())
                .filter(entry -> entry.getValue().equals(set))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(set::toString);
    }

    /** Every named intervention, the published ones first. */
    public Map<String, Intervention> all() {
        return Collections.unmodifiableMap(all); // keeps its order
    }

    /** The intervention of this name, if there is one. */
    public Optional<Intervention> named(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /**
     * The interventions of these names.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public List<Intervention> named(List<String> names) {
        return names.stream()
                .map(name -> named(name)
                        .orElseThrow(() -> new IllegalArgumentException("no intervention is called " + name)))
                .toList();
    }
}
