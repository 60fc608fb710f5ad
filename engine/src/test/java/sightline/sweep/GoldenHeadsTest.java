package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sightline.golden.Golden.PROBABILITY_TOLERANCE;
import static sightline.golden.Golden.largestRelativeDifference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.knockout.Curve;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.knockout.Windows;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;

/** Every head silenced by zeros at the read-out row, and some at all rows, against the reference's numbers. */
class GoldenHeadsTest {
    private static final double NATS = 1e-4;

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
        "0, paper, SHARED, 00 23 31 52 80 93",
        "1, paper, SHARED, 11 30 33 42 70 82",
        "5, paper, SHARED, 02 32 61 81 83 90",
        "5, transformers, SHARED, 02 32 61 81 83 90",
        "0, paper, NAIVE, 00 23 31 52 80 93",
        "1, paper, NAIVE, 11 30 33 42 70 82",
        "5, paper, NAIVE, 02 32 61 81 83 90",
        "5, transformers, NAIVE, 02 32 61 81 83 90"
    })
    void equalsTheReference(int number, String rows, Strategy strategy, String pairs) {
        Golden.Case c = tiny.golden().cases().get(number);
        ModelInputs inputs = GoldenInputs.of(c, tiny.model().processor());
        int heads = tiny.model().shape().heads();
        List<Track> tracks = new ArrayList<>(
                HeadSilencing.atReadOut(Optional.empty()).each(tiny.model().shape()));
        HeadSilencing everywhere = HeadSilencing.atAllRows(Optional.empty());
        for (String pair : pairs.split(" ", -1)) {
            tracks.add(new Track(
                    everywhere.one(Character.digit(pair.charAt(1), 10)), new Windows.Around(1), Masking.ZERO));
        }
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
            String place = "case" + number + "." + rows + ".heads.";
            double[] p = numbers(place + "row.p06");
            double[] odds = numbers(place + "row.log_odds");
            for (int layer = 0; layer < tiny.model().shape().layers(); layer++) {
                for (int head = 0; head < heads; head++) {
                    Curve curve = trace.tracked().get(head);
                    assertThat(curve.tokenProbability()[0][layer] / p[layer * heads + head])
                            .as("head %d of layer %d", head, layer)
                            .isCloseTo(1, within(PROBABILITY_TOLERANCE));
                    assertThat(curve.measures()[0][layer].logOdds())
                            .isCloseTo(odds[layer * heads + head], within(NATS));
                }
            }
            String[] each = pairs.split(" ", -1);
            int tokens = request.answer().length;
            double[] some = new double[each.length * tokens];
            double[] atReadOut = new double[some.length];
            for (int i = 0; i < each.length; i++) {
                int layer = Character.digit(each[i].charAt(0), 10);
                int head = Character.digit(each[i].charAt(1), 10);
                for (int token = 0; token < tokens; token++) {
                    some[i * tokens + token] = trace.tracked().get(heads + i).tokenProbability()[token][layer];
                    atReadOut[i * tokens + token] = trace.tracked().get(head).tokenProbability()[token][layer];
                }
            }
            assertThat(largestRelativeDifference(some, numbers(place + "all_rows.p06")))
                    .isLessThan(PROBABILITY_TOLERANCE);
            assertThat(largestRelativeDifference(atReadOut, numbers(place + "read_out_rows.p06")))
                    .isLessThan(PROBABILITY_TOLERANCE);
        }
    }

    private static double[] numbers(String tensor) {
        try (Scope scope = Scope.open();
                Tensor stored = tiny.readings().tensor(tensor)) {
            return HostArrays.doubles(stored);
        }
    }
}
