package sightline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.PictureTokens;
import sightline.knockout.RandomSources;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Track;
import sightline.knockout.Windows;
import sightline.mllama.MllamaRules;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** What keep-only and joint cuts cost on top of the published sweep at 11B shapes: L = 40, P = 160, m = 3, k = 9. */
class JointStatesTest {
    private static final Interventions NAMED = Interventions.of(Medium.IMAGE);
    private static final List<Intervention> PUBLISHED = NAMED.named(Interventions.PUBLISHED);
    private static final List<Intervention> PARTS = NAMED.named(JointCut.PATHWAYS);
    private static final List<Intervention> KEPT =
            List.of(KeepOnly.nothing(), KeepOnly.of(PARTS.get(1)), KeepOnly.of(PARTS.get(2)));

    /** The published sweep and more, under masking zero, for which keeping is defined. */
    private static SweepPlan plan(int layers, int prompt, int imageAt, RowReading reading, List<Track> tracks) {
        List<Medium> media = IntStream.range(0, layers)
                .mapToObj(layer -> layer % 5 == 3 ? Medium.IMAGE : Medium.TEXT)
                .toList();
        ModelShape shape = new ModelShape(media, 64, 128, 4, 2, 16, 600, 2048);
        TokenRole[] roles = new TokenRole[prompt];
        Arrays.fill(roles, TokenRole.TEMPLATE);
        Arrays.fill(roles, prompt / 2, prompt * 4 / 5, TokenRole.QUESTION);
        roles[imageAt] = TokenRole.IMAGE;
        SweepRequest request = new SweepRequest(
                        new EncodedPrompt("", new int[prompt], roles),
                        new int[3],
                        PUBLISHED,
                        List.of(layers == 40 ? 9 : 3),
                        List.of(Masking.ZERO),
                        reading,
                        0.6)
                .withTracks(tracks);
        return SweepPlan.of(request.outline(new PictureTokens(4, 8)), shape, new MllamaRules());
    }

    /** States on top of the published sweep's. */
    private static long more(List<Track> tracks) {
        return states(tracks) - states(List.of());
    }

    private static long states(List<Track> tracks) {
        return plan(40, 160, 5, RowReading.PAPER, tracks).cost().states();
    }

    private static List<Track> tracks(List<Intervention> interventions, Windows windows) {
        return interventions.stream()
                .map(intervention -> new Track(intervention, windows, Masking.ZERO))
                .toList();
    }

    private static List<Intervention> subsets(List<Intervention> of, int least, int most) {
        return JointCut.subsets(of).stream()
                .filter(subset -> subset.size() >= least && subset.size() <= most)
                .map(JointCut::of)
                .toList();
    }

    /**
     * Fewer than a count that keeps different cuts apart where rows come out alike: keeping one of the two sources cuts the
     * other one, and the last row of answer token i under both image cuts is a row of answer token i + 1 under
     * image_to_question.
     */
    @ParameterizedTest
    @CsvSource({"image_to_question+image_to_last, 297, 801", "pairs, 12405, 13542", "all, 23109, 26151"})
    void jointCutsAroundEachLayer(String which, long planned, long apart) {
        List<Intervention> joint =
                switch (which) {
                    case "pairs" -> subsets(PUBLISHED, 2, 2);
                    case "all" -> subsets(PUBLISHED, 2, 4);
                    default -> subsets(PARTS.subList(0, 2), 2, 2);
                };
        assertThat(more(tracks(joint, new Windows.Around(9))))
                .isEqualTo(planned)
                .isLessThan(apart);
    }

    @Test
    void keepOnlyAroundEachLayer() {
        assertThat(more(tracks(KEPT, new Windows.Around(9)))).isEqualTo(2592).isLessThan(10_584);
        assertThat(more(tracks(KEPT.subList(1, 3), new Windows.Around(9))))
                .as("keeping the one is cutting the other")
                .isZero();
    }

    /** Nearly all of it are the rows before the last without any picture: layers 13 to 38 of 161 rows. */
    @Test
    void wholeDepth() {
        assertThat(more(tracks(subsets(PARTS, 1, 3), new Windows.WholeDepth()))).isEqualTo(4587);
        assertThat(more(tracks(subsets(PARTS, 1, 1).subList(0, 1), new Windows.WholeDepth())))
                .isGreaterThan(26 * 161);
        assertThat(more(tracks(KEPT, new Windows.WholeDepth()))).isEqualTo(285);
    }

    @ParameterizedTest
    @CsvSource({"image_to_last, 651", "image_to_question, 32144", "question_to_last, 20079", "last_to_last, 20079"})
    void startByEnd(String pathway, long planned) {
        assertThat(more(tracks(NAMED.named(List.of(pathway)), new Windows.StartByEnd())))
                .isEqualTo(planned);
    }

    /** A draw of random sources for a narrow pathway: windows share what is drawn for a layer. */
    @Test
    void randomSources() {
        List<Track> one = random(0, new Windows.Around(9));
        assertThat(more(one)).isEqualTo(2553);
        List<Track> two = new ArrayList<>(one);
        two.addAll(random(1, new Windows.Around(9)));
        assertThat(more(two)).isEqualTo(2 * 2553);
    }

    private static List<Track> random(int draw, Windows windows) {
        SweepPlan plan = plan(40, 160, 5, RowReading.PAPER, List.of());
        return tracks(
                List.of(new RandomSources(17, draw)
                        .of(
                                NAMED.named("question_text_to_last").orElseThrow(),
                                plan.outline().layout(2),
                                plan.shape())
                        .orElseThrow()),
                windows);
    }

    /** Where the definition's edges can be counted one by one. */
    @ParameterizedTest
    @EnumSource
    void equalsACountFromTheDefinition(RowReading reading) {
        List<Track> tracks = new ArrayList<>(tracks(subsets(PUBLISHED, 1, 4), new Windows.Around(3)));
        tracks.addAll(tracks(subsets(PARTS, 1, 3), new Windows.StartByEnd()));
        tracks.addAll(tracks(KEPT, new Windows.WholeDepth()));
        SweepPlan plan = plan(9, 12, 3, reading, tracks);
        assertThat(plan.cost().states()).isEqualTo(StatesByDefinition.count(plan.outline(), plan.shape()));
        assertThat(plan.cost().variants()).isEqualTo(3 * (1 + (4 + 15) * 9 + 7 * 45 + 3));
    }
}
