package sightline.run;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;

/** Records of interventions: made of the engine's, or of their names where results have nothing else. */
public final class KnownPathways {
    private static final String BETWEEN = "_to_";
    private static final String IMAGE = "image";

    private KnownPathways() {}

    /**
     * The record of an intervention: the one place where it is made of the engine's classes.
     *
     * @param family for the names of token sets
     */
    static InterventionFacts of(
            Intervention intervention, Interventions family, List<String> maskings, ModelShape shape) {
        return of(intervention, family, maskings, shape::layersOf);
    }

    private static InterventionFacts of(
            Intervention intervention,
            Interventions family,
            List<String> maskings,
            Function<Medium, List<Integer>> layersOf) {
        List<ActFacts> acts = intervention.acts().stream()
                .map(act -> new ActFacts(
                        act.medium(),
                        layersOf.apply(act.medium()),
                        List.of(family.nameOf(act.targets())),
                        sources(act, family),
                        maskings))
                .toList();
        return new InterventionFacts(intervention.name(), acts);
    }

    private static List<String> sources(Act act, Interventions family) {
        if (act.edit() instanceof Edit.Cut cut) {
            return List.of(family.nameOf(cut.sources()));
        }
        throw new IllegalArgumentException("a manifest cannot record that " + act.edit());
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
        Interventions family = Interventions.of(Medium.IMAGE); // the only one that had such results
        Function<Medium, List<Integer>> layersOf = medium -> IntStream.range(0, layers)
                .filter(layer -> crossing.contains(layer) == (medium == Medium.IMAGE))
                .boxed()
                .toList();
        return family.named(name)
                .map(intervention -> of(intervention, family, maskings, layersOf))
                .orElseGet(() -> {
                    int between = name.indexOf(BETWEEN);
                    List<String> sources = between < 0 ? List.of() : List.of(name.substring(0, between));
                    List<String> targets =
                            between < 0 ? List.of() : List.of(name.substring(between + BETWEEN.length()));
                    Medium medium = sources.contains(IMAGE) ? Medium.IMAGE : Medium.TEXT;
                    ActFacts act = new ActFacts(medium, layersOf.apply(medium), targets, sources, maskings);
                    return new InterventionFacts(name, List.of(act));
                });
    }
}
