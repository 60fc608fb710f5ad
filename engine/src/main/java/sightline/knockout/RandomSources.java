package sightline.knockout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sightline.draw.SeededDraws;

/**
 * The control of a narrow text pathway into the last row: does it matter which rows are no longer read, or would as many others
 * do? In each layer, as many prompt rows as the pathway has sources are drawn from those outside it, the first and the last of
 * the prompt left out. What is drawn for a layer does not depend on the window, so windows share states.
 *
 * <p>Pathways that take all edges of their rows have no such control: there are no others.
 *
 * @param sample the sample's id, for the seed
 * @param draw number of the draw, from 0
 */
public record RandomSources(long sample, int draw) {
    private static final TokenSet LAST = new TokenSet.Last();

    /** Whether a pathway is one that takes text edges into the last row from others, and nothing else. */
    public static boolean canControl(Intervention pathway) {
        Act act = pathway.acts().get(0);
        return pathway.acts().size() == 1
                && act.medium() == Medium.TEXT
                && act.targets().equals(LAST)
                && act.edit() instanceof Edit.Cut cut
                && !cut.sources().equals(LAST);
    }

    /**
     * A pathway's control.
     *
     * @param layout of all that is in context when the answer's last token is read out
     * @return empty if the pathway has none, or the prompt has fewer other rows than the pathway sources
     */
    public Optional<Intervention> of(Intervention pathway, Layout layout, ModelShape shape) {
        if (!canControl(pathway)) {
            return Optional.empty();
        }
        TokenSet sources = ((Edit.Cut) pathway.acts().get(0).edit()).sources();
        BitSet taken = layout.rows(sources);
        int count = taken.cardinality();
        int[] others = IntStream.rangeClosed(1, layout.promptRoles().length - 2)
                .filter(row -> !taken.get(row))
                .toArray();
        if (count == 0 || others.length < count) {
            return Optional.empty();
        }
        List<TokenSet> byLayer = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            int[] drawn =
                    SeededDraws.of("null", sample, pathway.name(), layer, draw).pick(others, count);
            byLayer.add(new TokenSet.Drawn(Arrays.stream(drawn).boxed().toList(), sources));
        }
        Act act = new Act(Medium.TEXT, LAST, new Edit.CutByLayer(byLayer));
        return Optional.of(new Intervention(name(pathway.name()), List.of(act), pathway.maskings()));
    }

    /** As in results: {@code random_sources(question_text_to_last)}. */
    public static String name(String pathway) {
        return "random_sources(" + pathway + ")";
    }
}
