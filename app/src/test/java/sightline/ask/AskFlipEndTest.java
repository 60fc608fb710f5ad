package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;

/**
 * {@code ask --flip-end}: as text, as JSON, and what is refused. To this question the tiny model says token 372 and then 125,
 * which is made the end token. A cut of the question's text around layer 1 takes a two-thousandth of 372's probability, but
 * then comes another token than 125.
 */
class AskFlipEndTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ANSWER = 372;
    private static final int END = 125;
    private static final int LAYERS = 10;

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void make() throws IOException {
        model = Files.createDirectory(folder.resolve("checkpoint"));
        try (Stream<Path> files = Files.list(Path.of(CommandRun.TINY10))) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        endWith(END);
    }

    private void endWith(int... ids) throws IOException {
        Path file = model.resolve("generation_config.json");
        ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
        ArrayNode ends = json.putArray("eos_token_id");
        for (int id : ids) {
            ends.add(id);
        }
        Files.write(file, JSON.writeValueAsBytes(json));
    }

    private CommandRun ask(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "ask",
                "--model",
                model.toString(),
                "--image",
                CommandRun.image("small_50x50.png"),
                "--question",
                "Is it red?",
                "--dtype",
                "float32",
                "--answer-tokens",
                String.valueOf(ANSWER)));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private JsonNode json(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--json");
        CommandRun run = ask(options.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    @Test
    void aCutThatKeepsTheWordsAndLosesTheEndFlips() throws IOException {
        String[] cut = {"--pathways", "question_text_to_last", "--k", "1"};
        JsonNode with = json(Stream.concat(Stream.of(cut), Stream.of("--flip-end", "--decode", "4"))
                .toArray(String[]::new));
        JsonNode without = json(cut);
        assertThat(with.at("/baseline/measures/ends").booleanValue()).isTrue();
        assertThat(with.at("/baseline/answer_measures/ends").booleanValue()).isTrue();
        assertThat(with.at("/baseline/answer_measures/flip").booleanValue()).isFalse();
        assertThat(without.findValues("ends")).isEmpty();
        JsonNode sweep = with.at("/sweeps/0");
        JsonNode usual = without.at("/sweeps/0");
        assertThat(sweep.at("/measures/top")).isEqualTo(usual.at("/measures/top"));
        assertThat(sweep.at("/measures/ends")).hasSize(LAYERS);
        for (int layer = 0; layer < LAYERS; layer++) {
            JsonNode measures = sweep.at("/answer_measures/" + layer);
            boolean ends = sweep.at("/measures/ends/" + layer).booleanValue();
            assertThat(measures.get("ends").booleanValue()).isEqualTo(ends);
            assertThat(measures.get("flip").booleanValue())
                    .isEqualTo(!ends
                            || usual.at("/answer_measures/" + layer + "/flip").booleanValue());
        }
        assertThat(usual.at("/harm/flip").booleanValue()).isFalse();
        assertThat(sweep.at("/harm/layer").intValue()).isEqualTo(1);
        assertThat(sweep.at("/harm/change").doubleValue()).isBetween(-0.1, 0.0);
        assertThat(sweep.at("/harm/flip").booleanValue()).isTrue();
        assertThat(sweep.at("/harm/tokens")).hasSize(1 + 4);
        assertThat(sweep.at("/harm/tokens/0").intValue()).isEqualTo(ANSWER);
        assertThat(sweep.at("/harm/tokens/1").intValue()).isNotEqualTo(END);
    }

    @Test
    void itIsToldOfAllThatTellsFlips() throws IOException {
        JsonNode with = json(("--flip-end --pathways image_to_last --k 3 --masking zero --keep image_to_last"
                        + " --keep-in depth,windows --joint image_to_last,question_to_last --triangle image_to_last"
                        + " --control blank --region 0,0,25,25 --occlude --lens")
                .split(" "));
        List<JsonNode> told = with.findParents("flip").stream()
                .filter(measures -> measures.has("log_odds"))
                .toList();
        assertThat(told).hasSizeGreaterThan(1 + 3 * LAYERS + 55);
        assertThat(told).allSatisfy(measures -> assertThat(measures.get("ends").isBoolean())
                .isTrue());
        for (String field : List.of("whole_depth", "kept", "triangle", "blank", "regions", "inside")) {
            assertThat(with.get(field)).as(field).isNotEmpty();
        }
    }

    @Test
    void textSaysThatItGoesOn() {
        String[] cut = {"--flip-end", "--pathways", "question_text_to_last,last_to_last", "--k", "1"};
        String none = plain(
                ask(Stream.concat(Stream.of(cut), Stream.of("--decode", "0")).toArray(String[]::new)));
        assertThat(none).containsPattern("text.{1,2}last at layer 1 \\(\\S+ %\\): says the same and goes on; margin");
        assertThat(plain(ask(cut))).containsPattern("text.{1,2}last at layer 1 \\(\\S+ %\\): says .gh.+.; margin");
    }

    @Test
    void textSaysThatTheUncutAnswerIsCutShort() throws IOException {
        endWith(END + 1);
        assertThat(plain(ask("--flip-end", "--k", "1")))
                .contains("With nothing cut the model goes on behind this answer, so nothing is said of what comes")
                .doesNotContain("says the same");
        assertThat(plain(ask("--k", "1"))).doesNotContain("goes on");
    }

    private static String plain(CommandRun run) {
        assertThat(run.status()).as(run.err()).isZero();
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void withoutAnEndTokenItIsRefused() throws IOException {
        endWith();
        CommandRun asked = ask("--flip-end");
        assertThat(asked.status()).isNotZero();
        assertThat(asked.err())
                .contains("--flip-end: is given, but this checkpoint names no token that ends an answer")
                .contains("generation_config.json");
        CommandRun traced = CommandRun.of(
                "trace",
                "vqav2",
                folder.resolve("none.json").toString(),
                "--model",
                model.toString(),
                "--images",
                folder.toString(),
                "--flip-end",
                "--out",
                folder.resolve("run").toString());
        assertThat(traced.status()).isNotZero();
        assertThat(traced.err()).contains("--flip-end: is given, but this checkpoint names no token");
        assertThat(ask("--k", "1").status()).isZero();
    }
}
