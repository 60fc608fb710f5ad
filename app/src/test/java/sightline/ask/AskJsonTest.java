package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.app.CommandRun;

/** {@code ask --json} is a contract: its fields, their order, and the numbers of the reference implementation. */
class AskJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Percentage NOISE = Percentage.withPercentage(0.01); // golden/README.md: 1e-4 relative

    private static JsonNode cases() throws IOException {
        return JSON.readTree(CommandRun.GOLDEN.resolve("tiny10/cases.json").toFile())
                .get("cases");
    }

    static Stream<Integer> caseNumbers() throws IOException {
        return IntStream.range(0, cases().size()).boxed();
    }

    private static JsonNode ask(JsonNode golden, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "ask",
                "--model",
                CommandRun.TINY10,
                "--image",
                CommandRun.image(golden.get("image").asText()),
                "--prompt",
                golden.get("prompt").asText(),
                "--question",
                golden.get("question").asText(),
                "--dtype",
                "float32",
                "--json"));
        for (int i = 0; golden.has("choice" + i); i++) {
            arguments.addAll(List.of("--choice", golden.get("choice" + i).asText()));
        }
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines()).as("one object, one line").hasSize(1);
        return JSON.readTree(run.out());
    }

    private static double[] doubles(JsonNode... rows) {
        return Stream.of(rows)
                .flatMapToDouble(row -> IntStream.range(0, row.size())
                        .mapToDouble(i -> row.get(i).doubleValue()))
                .toArray();
    }

    private static List<Integer> integers(JsonNode array) {
        List<Integer> integers = new ArrayList<>();
        array.forEach(entry -> integers.add(entry.intValue()));
        return integers;
    }

    private static void assertClose(double[] actual, double[] expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("%s [%d]", what, i).isFinite().isCloseTo(expected[i], NOISE);
        }
    }

    @ParameterizedTest
    @MethodSource("caseNumbers")
    void answersAndTracesAsTheReferenceDoes(int number) throws IOException {
        JsonNode golden = cases().get(number);
        int length = golden.get("answer_tokens").size();

        JsonNode json = ask(golden, "--max-new-tokens", String.valueOf(length), "--k", "3");

        ExpectedNumbers expected = new ExpectedNumbers(CommandRun.GOLDEN.resolve("tiny10/expected.safetensors"));
        assertThat(json.get("prompt").asText()).isEqualTo(golden.get("rendered").asText());
        assertThat(json.get("prompt_tokens")).isEqualTo(golden.get("input_ids"));
        assertThat(json.get("answer_tokens")).isEqualTo(golden.get("answer_tokens"));
        String sweep = "case" + number + ".sweep.paper.paper.";
        assertClose(
                doubles(json.get("baseline").get("token_probability")),
                expected.tensor("case" + number + ".baseline.paper.paper"),
                "baseline");
        assertThat(json.get("sweeps")).hasSize(4);
        for (JsonNode one : json.get("sweeps")) {
            String name = one.get("pathway").asText() + ".k" + one.get("k").intValue();
            JsonNode[] tokens = IntStream.range(0, length)
                    .mapToObj(one.get("token_probability")::get)
                    .toArray(JsonNode[]::new);
            assertClose(doubles(tokens), expected.tensor(sweep + name), name);
            assertClose(
                    doubles(one.get("probability")),
                    expected.tensor("case" + number + ".published." + name),
                    name + ", as published");
        }
    }

    @Test
    void readingMaskingAndTemperatureAreWhatTheOptionsSay() throws IOException {
        JsonNode golden = cases().get(0);

        JsonNode json = ask(
                golden,
                "--answer-tokens",
                "313,364",
                "--rows",
                "meta",
                "--answer-rows",
                "meta",
                "--masking",
                "zero",
                "--pathways",
                "question_to_last,image_to_question",
                "--k",
                "1,9",
                "--strategy",
                "naive");

        ExpectedNumbers expected = new ExpectedNumbers(CommandRun.GOLDEN.resolve("tiny10/expected.safetensors"));
        assertThat(json.get("rows").asText()).isEqualTo("meta");
        assertThat(json.get("answer_rows").asText()).isEqualTo("meta");
        assertThat(json.get("masking").asText()).isEqualTo("zero");
        assertThat(json.get("sweeps").findValuesAsText("pathway"))
                .containsExactly("question_to_last", "question_to_last", "image_to_question", "image_to_question");
        assertThat(json.get("sweeps").findValuesAsText("k")).containsExactly("1", "9", "1", "9");
        for (JsonNode one : json.get("sweeps")) {
            String name = one.get("pathway").asText() + ".k" + one.get("k").intValue();
            assertClose(
                    doubles(
                            one.get("token_probability").get(0),
                            one.get("token_probability").get(1)),
                    expected.tensor("case0.sweep.meta.zero." + name),
                    name);
        }

        JsonNode cold =
                ask(golden, "--answer-tokens", "313,364", "--temperature", "0.1", "--pathways", "full_attention");
        JsonNode warm = ask(golden, "--answer-tokens", "313,364", "--pathways", "full_attention");
        assertThat(cold.get("temperature").doubleValue()).isEqualTo(0.1);
        assertThat(cold.get("baseline").get("probability").doubleValue())
                .isNotCloseTo(warm.get("baseline").get("probability").doubleValue(), within(1e-3));
    }

    @Test
    void fieldsAndTheirOrderAreTheContract() throws IOException {
        JsonNode json = ask(cases().get(0), "--answer-tokens", "313,364", "--k", "1", "--block_types", "image_to_last");

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "model",
                        "dtype",
                        "rows",
                        "answer_rows",
                        "masking",
                        "temperature",
                        "prompt",
                        "prompt_tokens",
                        "answer",
                        "answer_tokens",
                        "baseline",
                        "sweeps",
                        "plan",
                        "seconds");
        assertThat(json.get("model").asText()).isEqualTo(CommandRun.TINY10);
        assertThat(json.get("dtype").asText()).isEqualTo("float32");
        assertThat(json.get("rows").asText()).isEqualTo("paper");
        assertThat(json.get("answer_rows").asText()).isEqualTo("transformers");
        assertThat(json.get("temperature").doubleValue()).isEqualTo(0.6);
        assertThat(json.get("plan").fieldNames()).toIterable().containsExactly("variants", "states", "naive_states");
        assertThat(json.get("plan").get("variants").longValue()).isEqualTo(2 * (10 + 1));
        assertThat(json.get("plan").get("states").longValue())
                .isPositive()
                .isLessThan(json.get("plan").get("naive_states").longValue());
        assertThat(json.get("baseline").fieldNames())
                .toIterable()
                .containsExactly("probability", "token_probability", "measures", "answer_measures");
        assertThat(json.get("baseline").get("measures").fieldNames())
                .toIterable()
                .containsExactly("log_p", "log_odds", "margin", "foil", "foil_id", "rank", "top");
        assertThat(json.get("baseline").get("answer_measures").fieldNames())
                .toIterable()
                .containsExactly("log_p", "log_odds", "margin", "foil", "rank", "flip", "kl");
        JsonNode sweep = json.get("sweeps").get(0);
        assertThat(sweep.get("measures").fieldNames())
                .toIterable()
                .containsExactly("log_p", "log_odds", "margin", "foil", "rank", "top", "kl");
        assertThat(sweep.get("measures").get("kl")).hasSize(2).allMatch(token -> token.size() == 10);
        assertThat(sweep.get("answer_measures")).hasSize(10);
        assertThat(json.get("sweeps").get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "pathway", "k", "probability", "token_probability", "measures", "answer_measures", "harm");
        assertThat(json.get("seconds").fieldNames()).toIterable().containsExactly("load", "vision", "prompt", "sweep");
        json.get("seconds").forEach(seconds -> assertThat(seconds.doubleValue()).isPositive());
        double[] tokens = doubles(json.get("baseline").get("token_probability"));
        assertThat(json.get("baseline").get("probability").doubleValue()).isEqualTo(tokens[0] * tokens[1]);
        assertThat(json.get("sweeps").get(0).get("probability")).hasSize(10);
    }

    /** What comes instead is what the model says once the token that comes first is put behind the prompt, cut as before. */
    @Test
    void saysWhatComesInstead() throws IOException {
        JsonNode golden = cases().get(0);
        String length = String.valueOf(golden.get("answer_tokens").size());
        JsonNode json = ask(golden, "--max-new-tokens", length, "--k", "9", "--rows", "transformers", "--decode", "3");
        JsonNode none = ask(golden, "--max-new-tokens", length, "--k", "9", "--rows", "transformers", "--decode", "0");

        int flips = 0;
        for (int i = 0; i < json.get("sweeps").size(); i++) {
            JsonNode sweep = json.get("sweeps").get(i);
            JsonNode harm = sweep.get("harm");
            int layer = harm.get("layer").intValue();
            assertThat(none.get("sweeps").get(i).get("harm").get("text").isNull())
                    .isTrue();
            assertThat(harm.get("flip"))
                    .isEqualTo(sweep.get("answer_measures").get(layer).get("flip"));
            if (harm.get("flip").booleanValue()) {
                flips++;
                List<Integer> said = integers(harm.get("tokens"));
                List<Integer> answer = integers(json.get("answer_tokens"));
                int left = 0;
                while (sweep.get("measures").get("top").get(left).get(layer).intValue() == answer.get(left)) {
                    assertThat(said.get(left)).isEqualTo(answer.get(left));
                    left++;
                }
                assertThat(said.get(left))
                        .isEqualTo(sweep.get("measures")
                                .get("top")
                                .get(left)
                                .get(layer)
                                .intValue());
                assertThat(said).hasSizeLessThanOrEqualTo(left + 3);
                assertThat(greedyUnderTheSameCut(golden, sweep, said)).isTrue();
            }
        }
        assertThat(flips).isPositive();
    }

    /** Traced as an answer of its own, every token of what was said is the likeliest under the same cut. */
    private static boolean greedyUnderTheSameCut(JsonNode golden, JsonNode sweep, List<Integer> said)
            throws IOException {
        String ids = said.stream().map(String::valueOf).collect(Collectors.joining(","));
        JsonNode json = ask(
                golden,
                "--answer-tokens",
                ids,
                "--k",
                "9",
                "--pathways",
                sweep.get("pathway").asText());
        int layer = sweep.get("harm").get("layer").intValue();
        return !json.get("sweeps")
                .get(0)
                .get("answer_measures")
                .get(layer)
                .get("flip")
                .booleanValue();
    }

    @Test
    void theNaiveSweepMakesNoPlanAndTheSameNumbers() throws IOException {
        JsonNode golden = cases().get(6);
        JsonNode shared = ask(golden, "--answer-tokens", "104,576", "--k", "3", "--strategy", "shared");
        JsonNode naive = ask(golden, "--answer-tokens", "104,576", "--k", "3", "--strategy", "naive");

        assertThat(naive.get("plan").isNull()).isTrue();
        for (int i = 0; i < 4; i++) {
            assertClose(
                    doubles(shared.get("sweeps").get(i).get("probability")),
                    doubles(naive.get("sweeps").get(i).get("probability")),
                    naive.get("sweeps").get(i).get("pathway").asText());
        }
    }

    @Test
    void theBaselineAloneMakesNoSweep() throws IOException {
        JsonNode json = ask(cases().get(0), "--answer-tokens", "313", "--block_types", "full_attention");

        assertThat(json.get("sweeps")).isEmpty();
        assertThat(json.get("baseline").get("token_probability")).hasSize(1);
    }

    @Test
    void anAnswerGivenAsTextIsTokenisedAsItStands() throws IOException {
        JsonNode golden = cases().get(0);
        JsonNode byTokens = ask(golden, "--answer-tokens", "313,364", "--pathways", "full_attention");
        JsonNode byText = ask(golden, "--answer", byTokens.get("answer").asText(), "--pathways", "full_attention");

        assertThat(byText.get("answer")).isEqualTo(byTokens.get("answer"));
        assertThat(integers(byText.get("answer_tokens"))).isNotEmpty();
    }

    @Test
    void theSameSeedDrawsTheSameAnswer() throws IOException {
        JsonNode golden = cases().get(0);
        List<JsonNode> answers = new ArrayList<>();
        for (String seed : new String[] {"1", "1", "2", "3", "4"}) {
            answers.add(ask(
                            golden,
                            "--sample-temperature",
                            "5",
                            "--top-p",
                            "0.99",
                            "--seed",
                            seed,
                            "--max-new-tokens",
                            "3",
                            "--pathways",
                            "full_attention")
                    .get("answer_tokens"));
        }
        assertThat(answers.get(0)).isEqualTo(answers.get(1));
        assertThat(answers.stream().distinct().count()).as("seeds matter").isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "astronaut.png",
                "camera.png",
                "chelsea.png",
                "coffee.png",
                "horse.png",
                "hubble_deep_field.jpg",
                "rocket.jpg",
                "small_50x50.png",
                "tall_40x150.png",
                "wide_100x48.png"
            })
    void everyPhotographIsAnsweredAndTraced(String image) throws IOException {
        CommandRun run = CommandRun.of(
                "ask",
                "--model_path",
                CommandRun.TINY10,
                "--image_dir",
                CommandRun.GOLDEN.resolve("images").toString(),
                "--image",
                image,
                "--question",
                "What is this?",
                "--max-new-tokens",
                "1",
                "--k",
                "9",
                "--json");

        assertThat(run.status()).as(run.err()).isZero();
        JsonNode json = JSON.readTree(run.out());
        assertThat(json.get("answer_tokens")).hasSize(1);
        assertThat(json.get("baseline").get("probability").doubleValue())
                .isBetween(0.0, 1.0)
                .isPositive();
        for (JsonNode sweep : json.get("sweeps")) {
            double[] probability = doubles(sweep.get("probability"));
            assertThat(probability).as(sweep.get("pathway").asText()).hasSize(10);
            assertThat(DoubleStream.of(probability)).allMatch(p -> p >= 0 && p <= 1);
        }
    }
}
