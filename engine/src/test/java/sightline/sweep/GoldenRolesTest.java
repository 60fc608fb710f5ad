package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.golden.Golden.PROBABILITY_TOLERANCE;
import static sightline.golden.Golden.largestRelativeDifference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.TestDevice;
import sightline.knockout.Curve;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.TokenRole;

/**
 * Every pathway that has a name, against numbers that {@code golden/tiny10/roles.py} made by replacing the reference's
 * attention masks, from roles that it found by itself.
 */
class GoldenRolesTest {
    private static JsonNode reference;
    private static Golden golden;
    private static VisionLanguageModel model;
    private static ModelInputs inputs;
    private static int[] answer;

    @BeforeAll
    static void load() throws IOException {
        reference = new ObjectMapper().readTree(Golden.file("tiny10/roles.json").toFile());
        golden = Golden.open("tiny10");
        Golden.Case c = golden.cases().get(reference.get("case").intValue());
        model = Families.load(golden.checkpoint(), TestDevice.options().withDType(DType.FLOAT32));
        inputs = GoldenInputs.of(c, model.processor());
        answer = c.integers("answer_tokens");
    }

    @AfterAll
    static void free() {
        model.close();
        golden.close();
    }

    @Test
    void rolesAreThoseOfTheReference() {
        List<String> names = new ArrayList<>();
        reference.get("roles").forEach(role -> names.add(role.textValue()));
        assertThat(Arrays.stream(inputs.prompt().roles()).map(GoldenRolesTest::name))
                .containsExactlyElementsOf(names);
    }

    private static String name(TokenRole role) {
        return switch (role) {
            case QUESTION -> "question_text";
            case IMAGE -> "image_token";
            default -> role.toString().toLowerCase(Locale.ROOT);
        };
    }

    @Test
    void everyNamedPathwayHasNumbers() {
        Set<String> there = new HashSet<>();
        reference.get("sweeps").forEach(sweep -> there.add(sweep.get("pathway").textValue()));
        assertThat(there).containsExactlyInAnyOrderElementsOf(named());
    }

    /** The reference has no numbers of sources that are no roles: {@code begin}, {@code question_without_begin}. */
    private static List<String> named() {
        return Interventions.names().stream()
                .filter(name -> !Interventions.textSources().contains(name.substring(0, name.indexOf("_to_"))))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"paper, paper", "transformers, zero"})
    void sharedSweepEqualsTheReference(String rows, String masking) {
        equalsTheReference(rows, masking, SharedSweep::new);
    }

    @ParameterizedTest
    @CsvSource("transformers, zero")
    void naiveSweepEqualsTheReference(String rows, String masking) {
        equalsTheReference(rows, masking, NaiveSweep::new);
    }

    /** To the rounding of that format; that the cuts move something the numbers above show. */
    @Test
    void inBfloat16TheSharedSweepEqualsTheNaiveOne() {
        SweepRequest request = request("paper", "zero");
        try (VisionLanguageModel rounded =
                        Families.load(golden.checkpoint(), TestDevice.options().withDType(DType.BFLOAT16));
                VisionMemory seen = rounded.see(inputs.picture())) {
            VerifiedSweep sweep =
                    new VerifiedSweep(new SharedSweep(rounded), new NaiveSweep(rounded), 1, DType.BFLOAT16);
            sweep.sample(false).run(request, seen, Progress.NONE); // throws if they differ
            assertThat(sweep.verified()).isEqualTo(1);
            assertThat(sweep.largestDifference()).isFinite();
        }
    }

    private static SweepRequest request(String rows, String masking) {
        return new SweepRequest(
                inputs.prompt(),
                answer,
                model.rules().interventions().named(named()),
                List.of(reference.get("k").intValue()),
                List.of(Masking.valueOf(masking.toUpperCase(Locale.ROOT))),
                RowReading.valueOf(rows.toUpperCase(Locale.ROOT)),
                SweepRequest.PUBLISHED_TEMPERATURE);
    }

    private static void equalsTheReference(String rows, String masking, Function<VisionLanguageModel, Sweep> strategy) {
        SweepRequest request = request(rows, masking);
        Trace trace;
        try (VisionMemory seen = model.see(inputs.picture())) {
            trace = strategy.apply(model).run(request, seen, Progress.NONE);
        }
        double[] baseline = numbers(reference.get("baselines").get(rows));
        assertThat(largestRelativeDifference(trace.baseline(), baseline)).isLessThan(PROBABILITY_TOLERANCE);
        for (Curve curve : trace.curves()) {
            JsonNode wanted = wanted(rows, masking, curve.intervention().name());
            boolean moves = false;
            for (int token = 0; token < answer.length; token++) {
                double[] values = numbers(wanted.get(token));
                assertThat(largestRelativeDifference(curve.tokenProbability()[token], values))
                        .as("%s, rows %s, masking %s, answer token %d", curve.intervention(), rows, masking, token)
                        .isLessThan(PROBABILITY_TOLERANCE);
                for (double p : values) {
                    moves |= Math.abs(p - baseline[token]) > 10 * PROBABILITY_TOLERANCE * baseline[token];
                }
            }
            assertThat(request.canChange(curve.intervention(), model.processor().tokens(inputs.picture())))
                    .as("%s cuts something where the reference's numbers move, and only there", curve.intervention())
                    .isEqualTo(moves);
        }
    }

    private static JsonNode wanted(String rows, String masking, String pathway) {
        for (JsonNode sweep : reference.get("sweeps")) {
            if (sweep.get("rows").textValue().equals(rows)
                    && sweep.get("masking").textValue().equals(masking)
                    && sweep.get("pathway").textValue().equals(pathway)) {
                return sweep.get("probability");
            }
        }
        throw new AssertionError("no numbers for " + pathway);
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).doubleValue();
        }
        return numbers;
    }
}
