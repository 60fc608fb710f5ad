package sightline.knockout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.checkpoint.TextConfig;
import sightline.model.Masking;
import sightline.model.RowReading;
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

    @ParameterizedTest
    @MethodSource("counts")
    void equalsTheBruteForceCount(JsonNode counted) {
        TextConfig config = config(counted.get("layers").asInt(), integers(counted.get("cross")));
        SweepRequest request = request(counted);
        SweepCost cost = SweepPlan.of(request, config, Edit.distinct(request, config), 4, 8)
                .cost();
        assertThat(cost.variants()).isEqualTo(counted.get("variants_asked").asLong());
        assertThat(cost.distinctVariants())
                .isEqualTo(counted.get("variants_distinct").asLong());
        assertThat(cost.states()).isEqualTo(counted.get("states").asLong());
        assertThat(cost.naiveStates()).isEqualTo(counted.get("naive_states").asLong());
    }

    /** A prompt whose first token is the image: all rows see it, as the count assumes. */
    private static SweepRequest request(JsonNode counted) {
        int prompt = counted.get("prompt").asInt();
        TokenRole[] roles = new TokenRole[prompt];
        Arrays.fill(roles, TokenRole.QUESTION);
        roles[0] = TokenRole.IMAGE;
        List<Pathway> pathways = StreamSupport.stream(counted.get("pathways").spliterator(), false)
                .map(name -> Pathways.named(name.asText()).orElseThrow())
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

    private static TextConfig config(int layers, List<Integer> cross) {
        SortedSet<Integer> crossLayers = new TreeSet<>(cross);
        return new TextConfig(layers, crossLayers, 64, 128, 4, 2, 600, 1e-5, 500000, Optional.empty(), 2048);
    }
}
