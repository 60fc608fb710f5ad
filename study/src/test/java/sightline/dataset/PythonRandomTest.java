package sightline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bit for bit against CPython 3.11. */
class PythonRandomTest {
    private static final JsonNode GOLDEN = Golden.json("sampling.json");

    private static Stream<JsonNode> generators() {
        return Golden.stream(GOLDEN.path("generators"));
    }

    @ParameterizedTest
    @MethodSource("generators")
    void theBitsAreCpythons(JsonNode golden) {
        long seed = golden.path("seed").asLong();
        PythonRandom bits = new PythonRandom(seed);
        golden.path("getrandbits32")
                .forEach(expected -> assertThat(bits.bits(32)).isEqualTo(expected.asLong()));
        PythonRandom real = new PythonRandom(seed);
        golden.path("random").forEach(expected -> assertThat(real.real()).isEqualTo(expected.asDouble()));
        PythonRandom below = new PythonRandom(seed);
        golden.path("randbelow1000")
                .forEach(expected -> assertThat(below.below(1000)).isEqualTo(expected.asLong()));
        PythonRandom mixed = new PythonRandom(seed);
        JsonNode calls = golden.path("mixed");
        assertThat(calls).hasSize(8);
        assertThat(mixed.bits(32)).isEqualTo(calls.get(0).asLong());
        assertThat(mixed.real()).isEqualTo(calls.get(1).asDouble());
        assertThat(mixed.below(4)).isEqualTo(calls.get(2).asLong());
        assertThat(mixed.below(1)).isEqualTo(calls.get(3).asLong());
        assertThat(mixed.below(1L << 32)).isEqualTo(calls.get(4).asLong());
        assertThat(mixed.bits(1)).isEqualTo(calls.get(5).asLong());
        assertThat(mixed.bits(53)).isEqualTo(calls.get(6).asLong());
        assertThat(mixed.real()).isEqualTo(calls.get(7).asDouble());
    }

    private static Stream<JsonNode> samples() {
        return Golden.stream(GOLDEN.path("samples"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theSamplesAreCpythons(JsonNode golden) {
        PythonRandom random = new PythonRandom(golden.path("seed").asLong());
        long a = golden.path("a").asLong();
        long b = golden.path("b").asLong();
        for (JsonNode call : golden.path("calls")) {
            List<Long> pool = LongStream.range(0, call.path("n").asLong())
                    .map(i -> a * i + b)
                    .boxed()
                    .toList();
            List<Long> drawn = random.sample(pool, call.path("k").asInt());
            if (call.has("unsorted")) {
                List<Long> expected = Golden.stream(call.path("unsorted"))
                        .map(JsonNode::asLong)
                        .toList();
                assertThat(drawn).isEqualTo(expected);
                continue;
            }
            assertThat(sha256(drawn))
                    .as(call.toString())
                    .isEqualTo(call.path("sha256").asText());
            assertThat(sha256(drawn.stream().sorted().toList()))
                    .isEqualTo(call.path("sha256_sorted").asText());
        }
    }

    private static String sha256(List<Long> ids) {
        String text = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theShufflesAreCpythons() {
        for (JsonNode golden : GOLDEN.path("shuffles4")) {
            PythonRandom random = new PythonRandom(golden.path("seed").asLong());
            for (JsonNode expected : golden.path("shuffles")) {
                assertThat(String.join("", random.shuffled(List.of("0", "1", "2", "3"))))
                        .isEqualTo(expected.asText());
            }
        }
    }

    @Test
    void moreThanThereAreCannotBeDrawn() {
        assertThatThrownBy(() -> new PythonRandom(1).sample(List.of(1, 2), 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theOrderOfChoicesDependsOnSeedAndIdAndTakesAllForms() {
        List<String> choices = List.of("a", "b", "c", "d");
        Set<List<String>> orders = new HashSet<>();
        int moved = 0;
        for (long id = 1000; id < 1500; id++) {
            List<String> order = ChoiceOrder.shuffled(choices, 42, id);
            assertThat(order)
                    .containsExactlyInAnyOrderElementsOf(choices)
                    .isEqualTo(ChoiceOrder.shuffled(choices, 42, id));
            orders.add(order);
            moved += order.equals(ChoiceOrder.shuffled(choices, 43, id)) ? 0 : 1;
        }
        assertThat(orders).hasSize(24);
        assertThat(moved).isGreaterThan(400);
    }
}
