package sightline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.golden.Golden;
import sightline.knockout.Act;
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
import sightline.knockout.Window;
import sightline.knockout.Windows;
import sightline.llava.LlavaDefinition;
import sightline.llava.LlavaRules;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** The plan's counts where image rows are text rows, against a brute-force count of distinct states. */
class LlavaStatesTest {
    private static final LlavaRules RULES = new LlavaRules();

    static Stream<JsonNode> counts() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(Golden.file("llava/states.json").toFile())
                .get("cases");
        assertThat(cases.size()).isEqualTo(24);
        return StreamSupport.stream(cases.spliterator(), false);
    }

    /** The count tells cuts of different pathways apart even where a row comes out alike; here a state is what it is computed from. */
    @ParameterizedTest
    @MethodSource("counts")
    void equalsTheBruteForceCountLessWhatIsAlike(JsonNode counted) {
        SweepPlan plan = plan(counted);
        SweepCost cost = plan.cost();
        assertThat(cost.variants()).isEqualTo(counted.get("variants_asked").asLong());
        assertThat(cost.distinctVariants())
                .isEqualTo(counted.get("variants_distinct").asLong());
        assertThat(cost.naiveStates()).isEqualTo(counted.get("naive_states").asLong());
        int first = counted.get("before").asInt();
        int end = first + counted.get("image").asInt();
        long image = plan.layers().stream()
                .flatMapToInt(layer -> Arrays.stream(layer.rows()))
                .filter(row -> row >= first && row < end)
                .count();
        assertThat(image).isEqualTo(counted.get("image_row_states").asLong());
        assertThat(cost.states()).isEqualTo(counted.get("states").asLong() - alike(counted));
    }

    /**
     * Answer token i under image_to_last and the next one under image_to_question lose the same edges in the same row; so
     * they are alike behind the first layer of a window, but for the last layer, where only the last row is needed.
     */
    private static int alike(JsonNode counted) {
        String pathways = counted.get("pathways").toString();
        if (!pathways.contains("image_to_last") || !pathways.contains("image_to_question")) {
            return 0;
        }
        int layers = counted.get("layers").asInt();
        long starts = StreamSupport.stream(counted.get("k").spliterator(), false)
                .flatMap(k -> new Windows.Around(k.asInt()).of(layers).stream())
                .mapToInt(Window::first)
                .filter(start -> start < layers - 1)
                .distinct()
                .count();
        return (int) starts * (counted.get("answer").asInt() - 1);
    }

    /** Counted anew, row by row, from the definition's edges. */
    @ParameterizedTest
    @MethodSource("counts")
    void equalsACountFromTheDefinition(JsonNode counted) {
        assumeTrue(counted.get("naive_states").asLong() < 100_000, "small enough to count by hand");
        SweepPlan plan = plan(counted);
        assertThat(plan.cost().states())
                .isEqualTo(StatesByDefinition.count(plan.outline(), plan.shape(), new LlavaDefinition()));
    }

    @Test
    void atTheSizesOfThePublishedModel() throws IOException {
        assertThat(counts().filter(counted -> counted.get("name").asText().equals("llava-1.5-7b"))
                        .map(counted -> plan(counted).cost().states()))
                .containsExactly(57_012L, 63_092L);
    }

    /** Rows that lose their own edge read rows behind them under one masking and nothing under the other. */
    @Test
    void countsRowsThatReadWhatIsBehindThem() {
        Interventions named = RULES.interventions();
        TokenSet everything = new TokenSet.Complement(new TokenSet.Union(List.of()));
        List<Intervention> asked = new ArrayList<>(named.named(Interventions.PUBLISHED));
        asked.add(new Intervention(
                "everything_to_question", Act.cut(Medium.TEXT, named.textSet("question"), everything)));
        for (Masking masking : Masking.values()) {
            SweepPlan plan = plan(request(2, 3, 4, 3, asked, List.of(1, 3), masking), 3, 5);
            assertThat(plan.cost().states())
                    .as(masking.toString())
                    .isEqualTo(StatesByDefinition.count(plan.outline(), plan.shape(), new LlavaDefinition()));
        }
    }

    private static SweepPlan plan(JsonNode counted) {
        List<Intervention> pathways = StreamSupport.stream(
                        counted.get("pathways").spliterator(), false)
                .map(name -> RULES.interventions().named(name.asText()).orElseThrow())
                .toList();
        List<Integer> sizes = StreamSupport.stream(counted.get("k").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
        int image = counted.get("image").asInt();
        SweepRequest request = request(
                counted.get("before").asInt(),
                image,
                counted.get("after").asInt(),
                counted.get("answer").asInt(),
                pathways,
                sizes,
                Masking.ZERO);
        return plan(request, image, counted.get("layers").asInt());
    }

    private static SweepPlan plan(SweepRequest request, int image, int layers) {
        ModelShape shape = new ModelShape(Collections.nCopies(layers, Medium.TEXT), 64, 128, 4, 2, 16, 600, 2048);
        return SweepPlan.of(request.outline(new PictureTokens(image, image)), shape, RULES);
    }

    private static SweepRequest request(
            int before,
            int image,
            int after,
            int answer,
            List<Intervention> asked,
            List<Integer> sizes,
            Masking masking) {
        TokenRole[] roles = new TokenRole[before + image + after];
        Arrays.fill(roles, TokenRole.TEMPLATE);
        Arrays.fill(roles, before, before + image, TokenRole.IMAGE);
        return new SweepRequest(
                new EncodedPrompt("", new int[roles.length], roles),
                new int[answer],
                asked,
                sizes,
                List.of(masking),
                RowReading.TRANSFORMERS,
                0.6);
    }
}
