package sightline.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.golden.Golden.doubles;
import static sightline.golden.Golden.largestDifference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.checkpoint.Checkpoint;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.LlavaInputs;
import sightline.golden.TestDevice;
import sightline.image.ImageMode;
import sightline.knockout.RowReading;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.model.ModelInputs;
import sightline.model.ProcessorOptions;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/**
 * The model against the reference implementation, layer by layer, in float32; and in float64, which tells noise from error.
 * Tolerances are those of golden/llava/README.md.
 */
class LlavaModelTest {
    private static final double TOWER_TOLERANCE = 3e-5;
    private static final double LOGIT_TOLERANCE = 1e-4;
    private static final double STATE_TOLERANCE = 3e-4;

    @ParameterizedTest
    @CsvSource({
        "llava8, FLOAT32, false",
        "llava8, FLOAT32, true",
        "llava8, FLOAT64, false",
        "llava10, FLOAT32, false",
        "llava10, FLOAT32, true",
        "llava10, FLOAT64, false"
    })
    void equalsTheReference(String name, DType dtype, boolean mapped) {
        LoadOptions options = TestDevice.options().withDType(dtype);
        try (Golden golden = Golden.open("llava/" + name);
                Llava model = Llava.of(
                        Checkpoint.open(golden.checkpoint(), LlavaConfig::of),
                        mapped ? options.withWeightBudget(0) : options)) {
            for (Golden.Case c : golden.cases()) {
                ModelInputs inputs = LlavaInputs.of(golden, c);
                vision(golden, model, c, inputs);
                try (VisionMemory seen = model.see(inputs.picture())) {
                    hiddenStates(golden, model, c, inputs, seen);
                    double[] logits = doubles(model.logits(inputs.prompt(), seen, RowReading.TRANSFORMERS));
                    assertThat(largestDifference(logits, golden.numbers(c.tensor("logits"))))
                            .as("%s logits", c)
                            .isLessThan(LOGIT_TOLERANCE);
                    greedy(model, c, inputs, seen);
                }
            }
        }
    }

    /** From files to an answer: mode and system message of each case given. The reference goes on behind an end token. */
    @ParameterizedTest
    @ValueSource(strings = {"llava8", "llava10"})
    void answersAsTheReferenceDoes(String name) {
        try (Golden golden = Golden.open("llava/" + name)) {
            for (Golden.Case c : golden.cases()) {
                ProcessorOptions given = new ProcessorOptions(
                        Optional.empty(),
                        Optional.of(ImageMode.valueOf(c.text("image_mode").toUpperCase(Locale.ROOT))),
                        Optional.ofNullable(c.node().get("system")).map(JsonNode::asText));
                LoadOptions options =
                        TestDevice.options().withDType(DType.FLOAT32).with(given);
                try (VisionLanguageModel model = Families.load(golden.checkpoint(), options)) {
                    ModelInputs inputs = GoldenInputs.of(c, model.processor());
                    assertThat(inputs.prompt().ids()).isEqualTo(c.integers("input_ids"));
                    int[] greedy = c.integers("greedy");
                    int[] said = Arrays.stream(greedy)
                            .takeWhile(token -> !model.generation().endTokens().contains(token))
                            .toArray();
                    try (VisionMemory seen = model.see(inputs.picture())) {
                        assertThat(model.answer(inputs, seen, Decoding.greedy(greedy.length))
                                        .tokens())
                                .as(c.toString())
                                .isEqualTo(said)
                                .isNotEmpty();
                    }
                }
            }
        }
    }

    private static void vision(Golden golden, Llava model, Golden.Case c, ModelInputs inputs) {
        try (Scope scope = Scope.open()) {
            List<double[]> states = new ArrayList<>();
            Tensor chosen = model.vision(inputs.picture(), (layer, x) -> states.add(HostArrays.doubles(x)));
            double[] projected = HostArrays.doubles(model.project(chosen));
            if (golden.has(c.tensor("vision_states"))) {
                double[] wanted = golden.numbers(c.tensor("vision_states"));
                int size = states.get(0).length;
                assertThat(wanted).as("the last state is never needed").hasSize(size * (states.size() + 1));
                for (int state = 0; state < states.size(); state++) {
                    double[] part = Arrays.copyOfRange(wanted, state * size, (state + 1) * size);
                    assertThat(largestDifference(states.get(state), part))
                            .as("%s state %d of the tower", c, state)
                            .isLessThan(TOWER_TOLERANCE);
                }
            }
            if (golden.has(c.tensor("projected"))) {
                assertThat(largestDifference(HostArrays.doubles(chosen), golden.numbers(c.tensor("vision"))))
                        .as("%s chosen state", c)
                        .isLessThan(TOWER_TOLERANCE);
                assertThat(largestDifference(projected, golden.numbers(c.tensor("projected"))))
                        .as("%s projected", c)
                        .isLessThan(TOWER_TOLERANCE);
            }
        }
    }

    private static void hiddenStates(Golden golden, Llava model, Golden.Case c, ModelInputs inputs, VisionMemory seen) {
        if (!golden.has(c.tensor("hidden"))) {
            return;
        }
        double[] wanted = golden.numbers(c.tensor("hidden"));
        float[][] states = model.hiddenStates(inputs.prompt(), seen, RowReading.TRANSFORMERS);
        int size = states[0].length;
        assertThat(wanted).hasSize(size * states.length);
        for (int layer = 0; layer < states.length; layer++) {
            double[] part = Arrays.copyOfRange(wanted, layer * size, (layer + 1) * size);
            assertThat(largestDifference(doubles(states[layer]), part))
                    .as("%s after layer %d", c, layer - 1)
                    .isLessThan(STATE_TOLERANCE);
        }
    }

    /** The reference's do not stop at the end of sequence, so each is asked for behind those before it. */
    private static void greedy(Llava model, Golden.Case c, ModelInputs inputs, VisionMemory seen) {
        int[] wanted = c.integers("greedy");
        int length = inputs.prompt().length();
        for (int count = 0; count < wanted.length; count++) {
            int[] ids = Arrays.copyOf(inputs.prompt().ids(), length + count);
            System.arraycopy(wanted, 0, ids, length, count);
            TokenRole[] roles = Arrays.copyOf(inputs.prompt().roles(), length + count);
            Arrays.fill(roles, length, length + count, TokenRole.ANSWER);
            float[] logits = model.logits(new EncodedPrompt("", ids, roles), seen, RowReading.TRANSFORMERS);
            int best = 0;
            for (int token = 1; token < logits.length; token++) {
                best = logits[token] > logits[best] ? token : best;
            }
            assertThat(best).as("%s token %d", c, count).isEqualTo(wanted[count]);
        }
    }
}
