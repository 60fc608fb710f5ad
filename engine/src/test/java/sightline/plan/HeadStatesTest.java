package sightline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sightline.knockout.HeadMeans;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.PictureTokens;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenSet;
import sightline.knockout.Track;
import sightline.mllama.MllamaRules;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** What silenced heads cost on top of the published sweep at 11B shapes: L = 40, 32 heads, P = 160, m = 3, k = 9. */
class HeadStatesTest {
    private static final double[] SHARES = {.001, .002, .005, .01, .02, .05, .1, .2, .5, 1};
    private static final List<Medium> MEDIA = IntStream.range(0, 40)
            .mapToObj(layer -> layer % 5 == 3 ? Medium.IMAGE : Medium.TEXT)
            .toList();
    private static final ModelShape SHAPE = new ModelShape(MEDIA, 512, 128, 32, 8, 16, 600, 2048);
    private static final HeadSilencing ZERO = HeadSilencing.atReadOut(Optional.empty());

    private static long states(List<Track> tracks) {
        TokenRole[] roles = new TokenRole[160];
        Arrays.fill(roles, TokenRole.QUESTION);
        roles[5] = TokenRole.IMAGE;
        SweepRequest request = new SweepRequest(
                        new EncodedPrompt("", new int[160], roles),
                        new int[3],
                        Interventions.of(Medium.IMAGE).named(Interventions.PUBLISHED),
                        List.of(9),
                        List.of(Masking.PAPER),
                        RowReading.PAPER,
                        0.6)
                .withTracks(tracks);
        return SweepPlan.of(request.outline(new PictureTokens(6404, 6404)), SHAPE, new MllamaRules())
                .cost()
                .states();
    }

    private static long more(List<Track> tracks) {
        return states(tracks) - states(List.of());
    }

    @Test
    void everyHeadAtTheReadOutRow() {
        assertThat(more(ZERO.each(SHAPE))).isEqualTo(78_720);
        assertThat(more(HeadSilencing.atReadOut(Optional.of(means(40, 512))).each(SHAPE)))
                .isEqualTo(78_720);
    }

    @Test
    void headsThatReadThePictureAlone() {
        HeadSilencing cross = new HeadSilencing(Set.of(Medium.IMAGE), new TokenSet.Last(), Optional.empty());
        assertThat(more(cross.each(SHAPE))).isEqualTo(14_976);
    }

    /** At most 20 sets × 40 layers × 3 tokens = 2,400; sets that are alike up to a layer share what is below. */
    @Test
    void jointCurves() {
        List<Integer> ranking =
                new ArrayList<>(IntStream.range(0, 40 * 32).boxed().toList());
        Collections.shuffle(ranking, new Random(1));
        List<Track> tracks = new ArrayList<>();
        Set<List<BitSet>> below = new HashSet<>();
        for (double share : SHARES) {
            int count = Math.max(1, (int) Math.round(share * ranking.size()));
            for (List<Integer> heads : List.of(ranking.subList(0, count), ranking.subList(count, ranking.size()))) {
                List<BitSet> byLayer =
                        IntStream.range(0, 40).mapToObj(layer -> new BitSet()).toList();
                heads.forEach(head -> byLayer.get(head / 32).set(head % 32));
                tracks.add(ZERO.together(share + "." + tracks.size(), byLayer));
                IntStream.rangeClosed(1, 40).forEach(layers -> below.add(byLayer.subList(0, layers)));
            }
        }
        below.removeIf(heads -> heads.stream().allMatch(BitSet::isEmpty));
        assertThat(more(tracks)).isEqualTo(3L * below.size()).isBetween(1_500L, 2_400L);
    }

    @Test
    void meansOfAnotherModelAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> states(
                        HeadSilencing.atReadOut(Optional.of(means(39, 512))).each(SHAPE)))
                .withMessage("some are means of 39 layers of 512 channels, expected 40 of 512");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> states(List.of(ZERO.together("few", List.of(new BitSet())))))
                .withMessage("few silences heads in 1 layers, expected 40");
    }

    private static HeadMeans means(int layers, int width) {
        return new HeadMeans("some", new float[3][layers][width]);
    }
}
