package sightline.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;
import sightline.app.TraceFiles;

/** {@code study}, whole, and going on after what happens in between. */
class StudyCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PICTURES = List.of("small_50x50.png", "tall_40x150.png", "wide_100x48.png");

    @TempDir
    static Path folder;

    /** A study whose official answers are not what the model says. */
    private static CommandRun wrong;

    @BeforeAll
    static void ask() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        for (String name : PICTURES) {
            Files.copy(Path.of(CommandRun.image(name)), folder.resolve("images").resolve(name));
        }
        official("wrong.json", List.of("no such answer", "no such answer", "no such answer"));
        wrong = study("wrong.json", "wrong");
        List<String> said = new ArrayList<>();
        for (JsonNode entry : JSON.readTree(folder.resolve("wrong/answers.json").toFile())) {
            said.add(entry.get("answer").textValue());
        }
        assertThat(said).hasSize(3).noneMatch(String::isBlank);
        official("right.json", said);
    }

    private static void official(String file, List<String> answers) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode data = json.putArray("data");
        for (int i = 0; i < answers.size(); i++) {
            ObjectNode entry = data.addObject().put("questionId", 100 + i).put("question", "What is it?");
            entry.putArray("question_types").add("form");
            entry.put("image", "documents/" + PICTURES.get(i))
                    .putArray("answers")
                    .add(answers.get(i));
        }
        Files.write(folder.resolve(file), JSON.writeValueAsBytes(json));
    }

    private static CommandRun study(String official, String out, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "study",
                "docvqa",
                "--model",
                CommandRun.TINY10,
                "--dtype",
                "float32",
                "--images",
                folder.resolve("images").toString(),
                "--annotations",
                folder.resolve(official).toString(),
                "--max-new-tokens",
                "2",
                "--pathways",
                "last_to_last",
                "--out",
                folder.resolve(out).toString()));
        command.addAll(more.length == 0 ? List.of("--k", "1") : Arrays.asList(more));
        return CommandRun.of(command.toArray(String[]::new));
    }

    @Test
    void ifNoAnswerIsRightThatIsSaid() {
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.out()).contains("3 of 3 questions answered", "0 correct");
        assertThat(wrong.err())
                .contains("wrong/answers.json: none of the 3 answers is right, so there is nothing to trace.")
                .hasLineCount(1);
        assertThat(folder.resolve("wrong/run")).doesNotExist();
    }

    @Test
    void goesOnWithWhatIsMended() throws IOException {
        Path missing = folder.resolve("images").resolve(PICTURES.get(1));
        Path kept = Files.move(missing, folder.resolve("kept.png"));
        CommandRun first = study("right.json", "study");
        Files.move(kept, missing);
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("2 of 2 questions answered", "2 of 2 samples traced", "DocVQA: ");
        assertThat(first.err().split("skipped 1 faulty entry", -1))
                .as("the missing picture is told once: %s", first.err())
                .hasSize(2);

        CommandRun second = study("right.json", "study");
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.out()).contains("3 of 3 questions answered", "3 of 3 samples traced");
        Path answered = folder.resolve("study/answers.json.run/answers.jsonl");
        assertThat(Files.readAllLines(answered)).as("each answered once").hasSize(3);
        assertThat(TraceFiles.finished(folder.resolve("study/run")))
                .as("none twice")
                .containsOnlyKeys(100L, 101L, 102L);

        Path page = folder.resolve("study/report/report.html");
        Files.delete(page); // what a kill leaves, since it is written last
        CommandRun third = study("right.json", "study");
        assertThat(third.status()).as(third.err()).isZero();
        assertThat(page).content().contains("run study");
        assertThat(Files.readAllLines(answered)).hasSize(3);

        String answers = Files.readString(folder.resolve("study/answers.json"));
        CommandRun other = study("right.json", "study", "--k", "3");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.out()).as("before anything is done").isEmpty();
        assertThat(other.err())
                .contains(folder.resolve("study/run") + ": this run was begun under other settings: k was [1], not [3]")
                .contains("the answers are kept")
                .hasLineCount(1);
        assertThat(folder.resolve("study/answers.json")).hasContent(answers);
    }
}
