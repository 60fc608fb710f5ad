package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.golden.Golden.PROBABILITY_TOLERANCE;
import static sightline.golden.Golden.largestRelativeDifference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.knockout.Curve;
import sightline.knockout.Intervention;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;

/** What is kept alone and what is cut together, at whole depth, against the reference's numbers. */
class GoldenJointTest {
    private static Tiny10 tiny;

    @BeforeAll
    static void load() {
        tiny = Tiny10.open();
    }

    @AfterAll
    static void free() {
        tiny.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, paper, SHARED",
        "1, paper, SHARED",
        "5, paper, SHARED",
        "5, transformers, SHARED",
        "0, paper, NAIVE",
        "1, paper, NAIVE",
        "5, paper, NAIVE",
        "5, transformers, NAIVE"
    })
    void equalsTheReference(int number, String rows, Strategy strategy) {
        Golden.Case c = tiny.golden().cases().get(number);
        ModelInputs inputs = GoldenInputs.of(c, tiny.model().processor());
        List<Track> tracks = tracks();
        SweepRequest request = new SweepRequest(
                        inputs.prompt(),
                        c.integers("answer_tokens"),
                        List.of(),
                        List.of(),
                        List.of(),
                        RowReading.valueOf(rows.toUpperCase(Locale.ROOT)),
                        SweepRequest.PUBLISHED_TEMPERATURE)
                .withTracks(tracks);
        try (VisionMemory seen = tiny.model().see(inputs.picture())) {
            Trace trace = strategy.sweep(tiny.model()).run(request, seen, Progress.NONE);
            String place = "case" + number + "." + rows + ".";
            assertThat(largestRelativeDifference(trace.baseline(), numbers(place + "joint.none.p06")))
                    .isLessThan(PROBABILITY_TOLERANCE);
            assertThat(trace.curves()).isEmpty();
            assertThat(trace.tracked()).hasSameSizeAs(tracks);
            for (Curve curve : trace.tracked()) {
                double[] wanted = numbers(place + tensor(curve.intervention()) + ".p06");
                double[] actual = Arrays.stream(curve.tokenProbability())
                        .mapToDouble(token -> token[0])
                        .toArray();
                assertThat(largestRelativeDifference(actual, wanted))
                        .as("%s %s %s", c, rows, curve.intervention())
                        .isLessThan(PROBABILITY_TOLERANCE);
                if (curve.intervention().name().equals("keep(all)")) {
                    assertThat(actual).isEqualTo(trace.baseline());
                }
            }
        }
    }

    private static List<Track> tracks() {
        List<Intervention> parts = tiny.model().rules().interventions().named(JointCut.PATHWAYS);
        List<Intervention> asked = new ArrayList<>();
        JointCut.subsets(parts).forEach(subset -> asked.add(JointCut.of(subset)));
        asked.add(KeepOnly.nothing());
        asked.add(KeepOnly.of(parts.get(1)));
        asked.add(KeepOnly.of(parts.get(2)));
        Intervention all = KeepOnly.of(parts.subList(1, 3));
        asked.add(new Intervention("keep(all)", all.acts(), all.maskings()));
        return asked.stream()
                .map(intervention -> Track.wholeDepth(intervention, Masking.ZERO))
                .toList();
    }

    /** {@code keep(image_to_last)} -> {@code keep.image_to_last}. */
    private static String tensor(Intervention intervention) {
        String name = intervention.name();
        return name.startsWith("keep(") ? "keep." + name.substring(5, name.length() - 1) : "joint." + name;
    }

    private static double[] numbers(String tensor) {
        try (Scope scope = Scope.open();
                Tensor stored = tiny.readings().tensor(tensor)) {
            return HostArrays.doubles(stored);
        }
    }
}
