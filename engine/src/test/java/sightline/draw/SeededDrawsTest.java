package sightline.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws against the reference's, and their bounds. */
class SeededDrawsTest {
    private static JsonNode reference;

    @BeforeAll
    static void load() throws IOException {
        Path file = Path.of(System.getProperty("sightline.golden"), "science", "stats_golden.json");
        reference = new ObjectMapper().readTree(file.toFile()).get("draws");
    }

    @Test
    void areThoseOfTheReference() {
        String text = reference.get("seed_text").textValue();
        SeededDraws draws = new SeededDraws(text);
        for (JsonNode first : reference.get("splitmix64_first")) {
            assertThat(draws.next()).isEqualTo(Long.parseUnsignedLong(first.textValue()));
        }
        List<Integer> others = IntStream.range(0, 40)
                .filter(position -> position < 10 || position > 17)
                .boxed()
                .toList();
        List<Integer> wanted = new ArrayList<>();
        reference.get("pick_8_of_positions_0_39_without_10_17").forEach(node -> wanted.add(node.intValue()));
        assertThat(new SeededDraws(text).pick(8, others)).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(new RandomSources(17, 0).draws("question_text_to_last", 12).next())
                .isEqualTo(new SeededDraws(text).next());
    }

    @Test
    void fewerAreTheFirstOfMore() {
        List<Integer> all = IntStream.range(0, 20).boxed().toList();
        List<Integer> many = new SeededDraws("many").pick(20, all);
        assertThat(many).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
        assertThat(new SeededDraws("many").pick(7, all)).isEqualTo(many.subList(0, 7));
        assertThat(new SeededDraws("many").pick(0, all)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new SeededDraws("many").pick(21, all));
    }

    /** Powers of two too, whose limit 2^64 is 0 as a long. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000, 1 << 30, Integer.MAX_VALUE})
    void liesBelowTheBoundAndIsSpreadEvenly(int bound) {
        SeededDraws draws = new SeededDraws("bound " + bound);
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            int drawn = draws.below(bound);
            assertThat(drawn).isBetween(0, bound - 1);
            sum += drawn;
        }
        assertThat(sum / 20_000).isBetween(0.48 * (bound - 1), 0.52 * (bound - 1));
        assertThatIllegalArgumentException().isThrownBy(() -> draws.below(0));
    }

    @Test
    void partnersAreThoseOfTheReference() {
        List<String> files = new ArrayList<>();
        reference.get("swap_order").forEach(node -> files.add(node.textValue()));
        Collections.sort(files);
        SwapPartners partners = new SwapPartners(files, file -> file);
        for (Map.Entry<String, JsonNode> pair : reference.get("swap_partner").properties()) {
            assertThat(partners.of(pair.getKey())).hasValue(pair.getValue().textValue());
        }
    }

    /** In the circle e, a, d, b, c. */
    @Test
    void partnersAreOfAnotherCluster() {
        List<String> files = List.of("a.png", "b.png", "c.png", "d.png", "e.png");
        SwapPartners partners = new SwapPartners(
                files, file -> "ea".contains(file.substring(0, 1)) || file.equals("c.png") ? "x" : file);
        assertThat(partners.of("e.png")).hasValue("d.png");
        assertThat(partners.of("a.png")).hasValue("d.png");
        assertThat(partners.of("c.png")).hasValue("d.png");
        assertThat(partners.of("b.png")).hasValue("c.png");
        assertThat(new SwapPartners(files, file -> "one").of("a.png")).isEmpty();
        assertThat(new SwapPartners(List.of("a.png"), file -> file).of("a.png")).isEmpty();
        assertThat(new SwapPartners(List.of(), file -> file).of("a.png")).isEmpty();
    }
}
