package sightline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;
import sightline.mllama.MllamaProcessor;

/** Folders in many shapes: the same prompt as the reference's processor makes of them, or one clear line. */
class FoldersTest {
    private static final int IMAGE = 600;

    @TempDir
    Path folder;

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = FoldersTest.class.getResourceAsStream("folders.json")) {
            return Golden.each(Golden.JSON.readTree(in).get("cases"));
        }
    }

    private CheckpointCopy made(JsonNode golden) throws IOException {
        CheckpointCopy copy = CheckpointCopy.in(folder);
        for (JsonNode name : golden.path("remove")) {
            copy.without(name.asText());
        }
        for (Map.Entry<String, JsonNode> file : golden.path("patch").properties()) {
            copy.patch(file.getKey(), file.getValue());
        }
        for (Map.Entry<String, JsonNode> file : golden.path("text").properties()) {
            copy.write(file.getKey(), file.getValue().asText());
        }
        return copy;
    }

    private EncodedPrompt encode(String question) {
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            return encoder(tokenizer).encode(plain(question));
        }
    }

    private PromptEncoder encoder(LlamaTokenizer tokenizer) {
        return new PromptEncoder(
                ChatTemplate.load(folder), tokenizer, IMAGE, MllamaProcessor.PROMPT_RULES, Optional.empty());
    }

    private static Prompt plain(String question) {
        return PromptFormat.of("plain").fill(question, List.of());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalTheReferenceOrAreRefused(JsonNode golden) throws IOException {
        made(golden);
        String question = golden.get("question").asText();
        if (golden.has("refused")) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> encode(question))
                    .withMessageContaining(golden.get("refused").asText())
                    .withMessageContaining(folder.toString())
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
            return;
        }
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            EncodedPrompt encoded = encoder(tokenizer).encode(plain(question));
            assertThat(encoded.rendered()).isEqualTo(golden.get("rendered").asText());
            assertThat(encoded.ids()).isEqualTo(Golden.ints(golden.get("ids")));
            PromptText text = PromptText.of(encoded.rendered(), tokenizer.requireBeginToken(), "<|image|>");
            Encoding encoding = tokenizer.encode(text.text());
            int[] offsets = IntStream.range(0, encoding.size())
                    .flatMap(i -> IntStream.of(encoding.starts()[i], encoding.ends()[i]))
                    .toArray();
            assertThat(offsets).isEqualTo(Golden.ints(golden.get("offsets")));
            assertThat(encoded.roles()).contains(TokenRole.QUESTION);
            for (int id : encoded.ids()) {
                assertThat(tokenizer.contains(id)).isTrue();
            }
        }
    }

    /** What is put in front moves every role by one place, and belongs to the template. */
    @Test
    void rolesKnowOfAnAddedBeginToken() throws IOException {
        CheckpointCopy copy = CheckpointCopy.in(folder);
        EncodedPrompt written = encode("Where?");
        JsonNode template = Golden.read("tiny10/checkpoint/chat_template.json").get("chat_template");
        String without = template.asText().replaceFirst("\\{\\{-? *bos_token *-?}}", "");
        assertThat(without).isNotEqualTo(template.asText());
        copy.write("chat_template.jinja", without);
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            PromptEncoder encoder = encoder(tokenizer);
            EncodedPrompt added = encoder.encode(plain("Where?"));
            assertThat(encoder.addedBeginToken()).contains("<|begin_of_text|>");
            assertThat(added.ids()).isEqualTo(written.ids());
            assertThat(added.roles()).isEqualTo(written.roles());
            assertThat(added.rendered().strip())
                    .isEqualTo(
                            written.rendered().replace("<|begin_of_text|>", "").strip());
        }
    }

    @Test
    void aWrittenBeginTokenIsNotAdded() throws IOException {
        CheckpointCopy.in(folder);
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            assertThat(encoder(tokenizer).addedBeginToken()).isEmpty();
        }
    }

    @Test
    void tokensThatOnlyAFileBesideDeclaresAreKnownByName() throws IOException {
        CheckpointCopy.in(folder).patch("tokenizer_config.json", """
                        {"added_tokens_decoder": {"601": {"content": "<think>", "special": true},
                         "602": {"content": "<tool>", "special": false}}}""");
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(603);
            assertThat(tokenizer.token(601)).isEqualTo("<think>");
            assertThat(tokenizer.token(602)).isEqualTo("<tool>");
            assertThat(tokenizer.specialTokens()).contains("<think>").doesNotContain("<tool>");
            assertThat(tokenizer.decode(new int[] {601, 602}, true)).isEqualTo("<tool>");
        }
    }

    /** Whatever the tokeniser calls special: a second picture in the prompt would be no picture. */
    @ParameterizedTest
    @ValueSource(strings = {"<|image|>", "<|begin_of_text|>", "<think>"})
    void wordsThatHoldATokenOfWeightAreRefused(String token) throws IOException {
        CheckpointCopy copy = CheckpointCopy.in(folder);
        var tokens = Golden.read("tiny10/checkpoint/tokenizer.json");
        tokens.get("added_tokens")
                .forEach(entry -> ((com.fasterxml.jackson.databind.node.ObjectNode) entry).put("special", false));
        copy.write("tokenizer.json", tokens.toString());
        copy.patch("tokenizer_config.json", """
                        {"added_tokens_decoder": null,
                         "additional_special_tokens": ["<think>"]}""");
        copy.without("special_tokens_map.json");
        WordPlaces places = WordPlaces.of("questions.json, id 7");
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            PromptEncoder encoder = encoder(tokenizer);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> encoder.encode(plain("a " + token + "b")))
                    .withMessageStartingWith("--question: holds '" + token + "'");
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> encoder.encode(plain("a " + token + "b"), places, 1))
                    .withMessageStartingWith("questions.json, id 7, question: holds '" + token + "'");
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> encoder.encodeAnswer(token, places))
                    .withMessageStartingWith("questions.json, id 7, answer: holds '" + token + "'");
            Prompt choice = PromptFormat.of("visual7w").fill("q", List.of("a", "b", token, "d"));
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> encoder.encode(choice, places, 1))
                    .withMessageStartingWith("questions.json, id 7, a choice: holds '" + token + "'");
        }
    }

    @Test
    void halfASurrogatePairNamesWhereItComesFrom() {
        WordPlaces places = WordPlaces.of("questions.json, id 7");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PromptFormat.of("plain").fill("a\uD83D", List.of(), places))
                .withMessageStartingWith("questions.json, id 7, question: holds half a surrogate pair");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PromptFormat.of("visual7w").fill("q", List.of("a", "b", "c", "\uDE00"), places))
                .withMessageStartingWith("questions.json, id 7, a choice: holds half a surrogate pair");
    }

    @Test
    void aByteOrderMarkInAnyJsonDoesNoHarm() throws IOException {
        CheckpointCopy copy = CheckpointCopy.in(folder);
        int[] ids = encode("What?").ids();
        for (String name : CheckpointCopy.FILES) {
            copy.write(name, "\uFEFF" + Files.readString(folder.resolve(name)));
        }
        copy.write("added_tokens.json", "\uFEFF{}").write("processor_config.json", "\uFEFF{}");
        assertThat(encode("What?").ids()).isEqualTo(ids);
    }

    @Test
    void aGivenTemplateReplacesTheCheckpoints() throws IOException {
        CheckpointCopy copy = CheckpointCopy.in(folder.resolve("base")).without("chat_template.json");
        String source = "{{ bos_token }}GIVEN <|image|>{{ messages[0]['content'][1]['text'] }}";
        Path jinja = Files.writeString(folder.resolve("mine.jinja"), source);
        String field = Golden.JSON.writeValueAsString(Map.of("chat_template", source));
        Path json = Files.writeString(folder.resolve("mine.JSON"), "\uFEFF" + field);
        Path whole = Files.createDirectories(folder.resolve("instruct"));
        Files.writeString(whole.resolve("processor_config.json"), field);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ChatTemplate.load(copy.folder()))
                .withMessageContaining("--chat-template");
        for (Path given : List.of(jinja, json, whole)) {
            assertThat(ChatTemplate.text(given)).isEqualTo(source);
            try (LlamaTokenizer tokenizer = LlamaTokenizer.load(copy.folder())) {
                ChatTemplate template = ChatTemplate.load(copy.folder(), Optional.of(given));
                EncodedPrompt encoded = new PromptEncoder(
                                template, tokenizer, IMAGE, MllamaProcessor.PROMPT_RULES, Optional.empty())
                        .encode(plain("What?"));
                assertThat(encoded.rendered()).isEqualTo("<|begin_of_text|>GIVEN <|image|>What?");
                assertThat(encoded.ids()).startsWith(589);
            }
        }
    }

    @Test
    void aGivenTemplateThatIsNoneIsRefused() throws IOException {
        CheckpointCopy.in(folder);
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path json = Files.writeString(folder.resolve("no.json"), "{\"other\": 1}");
        Path missing = folder.resolve("missing.jinja");
        for (Path given : List.of(empty, json, missing)) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> ChatTemplate.load(folder, Optional.of(given)))
                    .withMessageStartingWith("--chat-template: " + given);
        }
    }

    @Test
    void nothingIsNullWithoutBeingNamed() {
        PromptFormat plain = PromptFormat.of("plain");
        PromptFormat choices = PromptFormat.of("visual7w");
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> plain.fill(null, List.of()))
                .withMessage("question");
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> plain.fill("q", null))
                .withMessage("answerChoices");
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> choices.fill("q", Arrays.asList("a", null, "c", "d")))
                .withMessage("an answer choice");
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> PromptFormat.of(null))
                .withMessage("name");
    }
}
