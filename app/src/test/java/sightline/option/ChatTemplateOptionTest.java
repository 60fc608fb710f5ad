package sightline.option;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;
import sightline.app.TraceFiles;

/** The base model, whose folder holds no chat template. */
class ChatTemplateOptionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path base;

    @BeforeEach
    void makeBaseModel() throws IOException {
        base = Files.createDirectories(folder.resolve("base"));
        try (Stream<Path> files = Files.list(Path.of(CommandRun.TINY10))) {
            for (Path file : files.toList()) {
                if (!file.endsWith("chat_template.json")) {
                    Files.write(base.resolve(file.getFileName()), Files.readAllBytes(file));
                }
            }
        }
    }

    private CommandRun ask(String... more) {
        List<String> command = new ArrayList<>(List.of(
                "ask",
                "--model",
                base.toString(),
                "--dtype",
                "float32",
                "--image",
                CommandRun.image("small_50x50.png"),
                "--question",
                "What is this?"));
        command.addAll(Arrays.asList(more));
        return CommandRun.of(command.toArray(String[]::new));
    }

    @Test
    void asksWithATemplateFromElsewhere() throws IOException {
        CommandRun without = ask("--answer", "red");
        assertThat(without.status()).isEqualTo(1);
        assertThat(without.err())
                .contains(base.toString(), "base model", "--chat-template FILE")
                .hasLineCount(1);

        CommandRun with = ask("--answer", "red", "--json", "--chat-template", CommandRun.TINY10);
        assertThat(with.err()).isEmpty();
        assertThat(with.status()).isZero();
        base = Path.of(CommandRun.TINY10);
        JsonNode instruct = JSON.readTree(ask("--answer", "red", "--json").out());
        JsonNode asked = JSON.readTree(with.out());
        assertThat(asked.get("prompt_tokens")).isNotNull().isEqualTo(instruct.get("prompt_tokens"));
        assertThat(asked.get("sweeps")).isNotNull().isEqualTo(instruct.get("sweeps"));
    }

    @Test
    void checkSaysThatTheBeginTokenIsAdded() throws IOException {
        Path template = Files.writeString(
                folder.resolve("short.jinja"), "<|image|>{{ messages[0]['content'][1]['text'] }}<|eot_id|>");
        CommandRun run = CommandRun.of("check", base.toString(), "--chat-template", template.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "  begin token the chat template does not write <|begin_of_text|>: it is added,",
                        "This checkpoint can be used.")
                .doesNotContain("warning");
    }

    @Test
    void aMissingTemplateIsNamedByItsOption() {
        CommandRun run = ask("--chat-template", folder.resolve("none.jinja").toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("sightline: --chat-template: " + folder.resolve("none.jinja") + " does not exist.")
                .hasLineCount(1);
    }

    @Test
    void aRunGoesOnWithItsTemplateOnly() throws IOException {
        Path template = Files.writeString(
                folder.resolve("one.jinja"), "<|image|>{{ messages[0]['content'][1]['text'] }}<|eot_id|>");
        Path run = folder.resolve("run");
        TraceFiles files = TraceFiles.make(Files.createDirectory(folder.resolve("files")), 2);
        CommandRun begun = files.trace(run, "--limit", "1", "--chat-template", template.toString());
        assertThat(begun.status()).as(begun.err()).isZero();

        CommandRun without = files.trace(run);
        assertThat(without.status()).isEqualTo(1);
        assertThat(without.err())
                .contains("begun under other settings", "template")
                .hasLineCount(1);

        Files.writeString(template, "<|image|> {{ messages[0]['content'][1]['text'] }}<|eot_id|>");
        assertThat(files.trace(run, "--chat-template", template.toString()).err())
                .contains("other settings");

        Path moved = Files.writeString(
                folder.resolve("moved.json"),
                "{\"chat_template\": \"<|image|>{{ messages[0]['content'][1]['text'] }}<|eot_id|>\"}");
        CommandRun again = files.trace(run, "--chat-template", moved.toString());
        assertThat(again.status()).as(again.err()).isZero();
    }

    @Test
    void anAnswerWithoutTokensNamesOtherWordings() throws IOException {
        Files.write(
                base.resolve("chat_template.json"),
                Files.readAllBytes(Path.of(CommandRun.TINY10).resolve("chat_template.json")));
        Path file = base.resolve("generation_config.json");
        ObjectNode generation = (ObjectNode) JSON.readTree(file.toFile());
        var ends = generation.putArray("eos_token_id");
        for (int id = 0; id < 600; id++) {
            ends.add(id);
        }
        JSON.writeValue(file.toFile(), generation);
        CommandRun plain = ask();
        assertThat(plain.status()).isEqualTo(1);
        assertThat(plain.err())
                .contains("--prompt vqav2, --prompt visual7w (with 4 times --choice), --prompt docvqa", "--answer")
                .hasLineCount(1);
        assertThat(ask("--prompt", "vqav2").err()).contains("--prompt plain, --prompt visual7w");
    }
}
