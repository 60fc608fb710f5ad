package sightline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.PictureTokens;
import sightline.knockout.RowReading;
import sightline.knockout.SweepCost;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenSet;
import sightline.mllama.MllamaRules;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** The plan's counts against a brute-force count of distinct states. */
class SweepPlanTest {
    static Stream<JsonNode> counts() throws IOException {
        Path file = Path.of(System.getProperty("sightline.golden"), "sweep_states.json");
        JsonNode cases = new ObjectMapper().readTree(file.toFile()).get("cases");
        assertThat(cases.size()).isGreaterThan(5);
        return StreamSupport.stream(cases.spliterator(), false);
    }

    /**
     * The count keeps cuts of different pathways apart even where a row comes out alike under both, as answer token i under
     * image_to_last and answer token i + 1 under image_to_question do. Here a state is what it is computed from.
     */
    @ParameterizedTest
    @MethodSource("counts")
    void equalsTheBruteForceCountLessWhatIsAlike(JsonNode counted) {
        SweepCost cost = plan(counted).cost();
        assertThat(cost.variants()).isEqualTo(counted.get("variants_asked").asLong());
        assertThat(cost.distinctVariants())
                .isEqualTo(counted.get("variants_distinct").asLong());
        assertThat(cost.naiveStates()).isEqualTo(counted.get("naive_states").asLong());
        String pathways = counted.get("pathways").toString();
        boolean both = pathways.contains("image_to_last") && pathways.contains("image_to_question");
        int alike = both
                ? counted.get("cross").size() * (counted.get("answer").asInt() - 1)
                : 0; // one row of each image layer and answer token but the first
        assertThat(cost.states()).isEqualTo(counted.get("states").asLong() - alike);
    }

    /** Counted anew, row by row, from the definition's edges. */
    @ParameterizedTest
    @MethodSource("counts")
    void equalsACountFromTheDefinition(JsonNode counted) {
        assumeTrue(counted.get("naive_states").asLong() < 500_000, "small enough to count by hand");
        SweepPlan plan = plan(counted);
        assertThat(plan.cost().states()).isEqualTo(StatesByDefinition.count(plan.outline(), plan.shape()));
    }

    /** With rows before the image, under every reading and masking. */
    @ParameterizedTest
    @EnumSource
    void equalsACountFromTheDefinitionUnder(RowReading reading) {
        TokenRole[] roles = {
            TokenRole.TEMPLATE, TokenRole.TEMPLATE, TokenRole.IMAGE, TokenRole.QUESTION, TokenRole.CHOICES
        };
        Interventions named = Interventions.of(Medium.IMAGE);
        for (Masking masking : Masking.values()) {
            SweepRequest request = new SweepRequest(
                    new EncodedPrompt("", new int[roles.length], roles),
                    new int[3],
                    named.named(Interventions.PUBLISHED),
                    List.of(1, 3),
                    List.of(masking),
                    reading,
                    0.6);
            List<Medium> media = List.of(
                    Medium.TEXT, Medium.IMAGE, Medium.TEXT, Medium.TEXT, Medium.IMAGE, Medium.TEXT, Medium.TEXT);
            ModelShape shape = new ModelShape(media, 64, 128, 4, 2, 16, 600, 2048);
            SweepPlan plan = SweepPlan.of(request.outline(new PictureTokens(4, 8)), shape, new MllamaRules());
            assertThat(plan.cost().states()).isEqualTo(StatesByDefinition.count(plan.outline(), plan.shape()));
        }
    }

    /** {@code --flip-end} at the 11B model's shapes: 2,537 by brute force, less one row of each image layer that is alike. */
    @Test
    void whetherAnAnswerEndsIsOneMoreReadOut() throws IOException {
        JsonNode published = counts().filter(one -> one.get("states").asLong() == 54_892)
                .findFirst()
                .orElseThrow();
        ObjectNode longer = published.deepCopy();
        longer.put("answer", published.get("answer").asInt() + 1);
        assertThat(plan(longer).cost().states() - plan(published).cost().states())
                .isEqualTo(2_537 - 8);
    }

    /** Heads that no layer has would be another row's, or another model's memory. */
    @Test
    void headsThatAreNotThereAreRefused() {
        BitSet head = new BitSet();
        head.set(4);
        Intervention silence =
                new Intervention("head 4", new Act(Medium.TEXT, new TokenSet.Last(), new Edit.Silence(head)));
        SweepRequest request = new SweepRequest(
                new EncodedPrompt("", new int[] {1}, new TokenRole[] {TokenRole.IMAGE}),
                new int[] {1},
                List.of(silence),
                List.of(1),
                List.of(Masking.ZERO),
                RowReading.PAPER,
                0.6);
        ModelShape shape = new ModelShape(List.of(Medium.TEXT), 64, 128, 4, 2, 16, 600, 2048);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SweepPlan.of(request.outline(new PictureTokens(1, 1)), shape, new MllamaRules()))
                .withMessage("head 4 silences head 4, expected 0 to 3");
    }

    private static SweepPlan plan(JsonNode counted) {
        List<Integer> cross = integers(counted.get("cross"));
        List<Medium> media = IntStream.range(0, counted.get("layers").asInt())
                .mapToObj(layer -> cross.contains(layer) ? Medium.IMAGE : Medium.TEXT)
                .toList();
        ModelShape shape = new ModelShape(media, 64, 128, 4, 2, 16, 600, 2048);
        return SweepPlan.of(request(counted).outline(new PictureTokens(4, 8)), shape, new MllamaRules());
    }

    /** A prompt whose first token is the image: all rows see it, as the count assumes. */
    private static SweepRequest request(JsonNode counted) {
        int prompt = counted.get("prompt").asInt();
        TokenRole[] roles = new TokenRole[prompt];
        Arrays.fill(roles, TokenRole.QUESTION);
        roles[0] = TokenRole.IMAGE;
        List<Intervention> pathways = StreamSupport.stream(
                        counted.get("pathways").spliterator(), false)
                .map(name -> Interventions.of(Medium.IMAGE).named(name.asText()).orElseThrow())
                .toList();
        return new SweepRequest(
                new EncodedPrompt("", IntStream.range(0, prompt).toArray(), roles),
                new int[counted.get("answer").asInt()],
                pathways,
                integers(counted.get("k")),
                List.of(Masking.PAPER),
                RowReading.PAPER,
                0.6);
    }

    private static List<Integer> integers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }
}
