package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.golden.Golden.PROBABILITY_TOLERANCE;
import static sightline.golden.Golden.largestDifference;
import static sightline.golden.Golden.largestRelativeDifference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.Readings;
import sightline.golden.TestDevice;
import sightline.image.PictureReader;
import sightline.image.RgbImage;
import sightline.knockout.Act;
import sightline.knockout.Curve;
import sightline.knockout.Intervention;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RegionCut;
import sightline.knockout.RegionCut.Target;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.TokenSet;
import sightline.knockout.Trace;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.region.PatchGrid;
import sightline.region.PixelBox;
import sightline.tensor.DType;

/** Regions of a picture against the reference numbers (golden/science/README.md). */
class GoldenRegionTest {
    private static final double NATS_TOLERANCE = 1e-4;
    private static final int K = 3;

    @ParameterizedTest
    @EnumSource
    void regionsEqualTheReference(Strategy strategy) throws IOException {
        Readings wanted = new Readings();
        JsonNode cases = new ObjectMapper()
                .readTree(Golden.file("science/tiny10_readings.json").toFile())
                .get("cases");
        try (Golden golden = Golden.open("tiny10");
                VisionLanguageModel model =
                        Families.load(golden.checkpoint(), TestDevice.options().withDType(DType.FLOAT32));
                Sweep sweep = strategy.sweep(model)) {
            for (JsonNode node : cases) {
                Golden.Case c = golden.cases().get(node.get("case").intValue());
                ModelInputs inputs = GoldenInputs.of(c, model.processor());
                try (VisionMemory seen = model.see(inputs.picture())) {
                    List<Intervention> cuts = cuts(wanted, c, node.get("boxes"), model, seen);
                    for (JsonNode rows : node.get("row_readings")) {
                        Trace trace = sweep.run(request(c, inputs, cuts, rows.asText()), seen, Progress.NONE);
                        compare(wanted, c.tensor(rows.asText() + ".regions."), trace);
                    }
                }
            }
        }
        assertThat(wanted.left(".regions.")).isEmpty();
    }

    /** Named as the reference's tensors are: {@code box0|region_to_last}. */
    private static List<Intervention> cuts(
            Readings wanted, Golden.Case c, JsonNode boxes, VisionLanguageModel model, VisionMemory seen) {
        RgbImage picture = PictureReader.read(c.picture());
        PatchGrid grid = model.processor().patches(picture.width(), picture.height());
        List<Intervention> cuts = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            JsonNode corners = boxes.get(i).get("box");
            BitSet tokens = grid.tokens(grid.patches(new PixelBox(
                            corners.get(0).doubleValue(),
                            corners.get(1).doubleValue(),
                            corners.get(2).doubleValue(),
                            corners.get(3).doubleValue()))
                    .orElseThrow());
            assertThat(tokens.stream().asDoubleStream().toArray())
                    .isEqualTo(wanted.numbers(c.tensor("regions.box" + i + ".tokens")));
            cuts.addAll(cuts("box" + i, tokens));
        }
        BitSet valid = new BitSet();
        valid.set(0, seen.tokens().valid());
        cuts.addAll(cuts("valid", valid));
        cuts.add(model.rules().interventions().named("image_to_last").orElseThrow());
        return cuts;
    }

    private static List<Intervention> cuts(String name, BitSet tokens) {
        Act everyRow = Act.cut(Medium.IMAGE, new TokenSet.BeforeLast(), new TokenSet.Region(tokens));
        return List.of(
                RegionCut.of(name + "|region", tokens, Target.LAST, Medium.IMAGE),
                RegionCut.of(name + "|region", tokens, Target.QUESTION, Medium.IMAGE),
                new Intervention(name + "|region_to_question_all_rows", everyRow));
    }

    private static SweepRequest request(Golden.Case c, ModelInputs inputs, List<Intervention> cuts, String rows) {
        return new SweepRequest(
                inputs.prompt(),
                c.integers("answer_tokens"),
                cuts,
                List.of(K),
                List.of(Masking.values()),
                RowReading.valueOf(rows.toUpperCase(Locale.ROOT)),
                SweepRequest.PUBLISHED_TEMPERATURE);
    }

    private static void compare(Readings wanted, String prefix, Trace trace) {
        for (Curve curve : trace.curves()) {
            double[] p = Arrays.stream(curve.tokenProbability())
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            String name = curve.intervention().name();
            if (name.equals("image_to_last")) {
                assertThat(p).as("the whole set").isEqualTo(numbers(trace, "valid|region_to_last", curve.masking()));
                continue;
            }
            String[] parts = name.split("\\|", -1);
            String of = prefix + parts[0] + "." + curve.masking().name().toLowerCase(Locale.ROOT) + "." + parts[1];
            if (!wanted.has(of + ".p06")) { // under paper a box gives the same with the rows before the image
                assertThat(p).as(of).isEqualTo(numbers(trace, name.replace("_all_rows", ""), curve.masking()));
                continue;
            }
            assertThat(largestRelativeDifference(p, wanted.numbers(of + ".p06")))
                    .as(of)
                    .isLessThan(PROBABILITY_TOLERANCE);
            if (wanted.has(of + ".log_odds")) {
                double[] odds = Arrays.stream(curve.measures())
                        .flatMap(Arrays::stream)
                        .mapToDouble(TokenMeasures::logOdds)
                        .toArray();
                assertThat(largestDifference(odds, wanted.numbers(of + ".log_odds")))
                        .as(of)
                        .isLessThan(NATS_TOLERANCE);
            }
        }
    }

    private static double[] numbers(Trace trace, String name, Masking masking) {
        return trace.curves().stream()
                .filter(curve -> curve.intervention().name().equals(name) && curve.masking() == masking)
                .flatMap(curve -> Arrays.stream(curve.tokenProbability()))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }
}
