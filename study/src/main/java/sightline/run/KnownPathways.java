package sightline.run;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import sightline.knockout.Medium;
import sightline.text.TokenRole;

/** Records of interventions: made of pathways, or of their names where results have nothing else. */
public final class KnownPathways {
    private static final String BETWEEN = "_to_";
    private static final String IMAGE = "image";

    private KnownPathways() {}

    /**
     * The record of a pathway: the one place where it is made of the engine's classes.
     *
     * @param layers of the decoder
     * @param crossing those that read the image
     */
    static InterventionFacts of(Pathway pathway, List<String> maskings, int layers, Collection<Integer> crossing) {
        String source = pathway.source() instanceof Pathway.Text text
                ? name(text.tokens())
                : IMAGE
                        + ((Pathway.Image) pathway.source())
                                .region()
                                .map(Object::toString)
                                .orElse("");
        ActMedium medium = pathway.medium() == Medium.CROSS_ATTENTION ? ActMedium.IMAGE : ActMedium.TEXT;
        ActFacts act = new ActFacts(
                medium, layers(medium, layers, crossing), List.of(name(pathway.target())), List.of(source), maskings);
        return new InterventionFacts(pathway.name(), List.of(act));
    }

    /**
     * The record behind a name, for results that do not hold it: runs of formats 1 and 2, and the published form. A name
     * that no pathway has is taken apart.
     *
     * @param layers of the decoder
     * @param crossing those that read the image
     */
    public static InterventionFacts named(
            String name, List<String> maskings, int layers, Collection<Integer> crossing) {
        return Pathways.named(name)
                .map(pathway -> of(pathway, maskings, layers, crossing))
                .orElseGet(() -> {
                    int between = name.indexOf(BETWEEN);
                    List<String> sources = between < 0 ? List.of() : List.of(name.substring(0, between));
                    List<String> targets =
                            between < 0 ? List.of() : List.of(name.substring(between + BETWEEN.length()));
                    ActMedium medium = sources.contains(IMAGE) ? ActMedium.IMAGE : ActMedium.TEXT;
                    ActFacts act = new ActFacts(medium, layers(medium, layers, crossing), targets, sources, maskings);
                    return new InterventionFacts(name, List.of(act));
                });
    }

    /** The layers of a medium. */
    private static List<Integer> layers(ActMedium medium, int layers, Collection<Integer> crossing) {
        return IntStream.range(0, layers)
                .filter(layer -> crossing.contains(layer) == (medium == ActMedium.IMAGE))
                .boxed()
                .toList();
    }

    private static String name(TextTokens tokens) {
        if (tokens instanceof TextTokens.WithRole role) {
            return role.role() == TokenRole.QUESTION
                    ? "question_text"
                    : role.role() == TokenRole.IMAGE
                            ? "image_token"
                            : role.role().name().toLowerCase(Locale.ROOT);
        }
        return tokens instanceof TextTokens.Last ? "last" : "question";
    }
}
