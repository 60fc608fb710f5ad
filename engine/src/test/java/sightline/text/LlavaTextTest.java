package sightline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;

/** Tokens, templates and prompts of LLaVA-1.5 against the reference's (golden/llava). */
class LlavaTextTest {
    private static final PromptRules RULES = new PromptRules("<image>", true, true, "LLaVA-1.5");
    private static final int IMAGE = 512;
    private static LlamaTokenizer tokenizer;

    private static Path checkpoint(String name) {
        return Golden.root().resolve("llava").resolve(name).resolve("checkpoint");
    }

    private static JsonNode text() {
        return Golden.read("llava/inputs/text.json");
    }

    @BeforeAll
    static void load() {
        tokenizer = LlamaTokenizer.load(checkpoint("llava8"));
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    static Stream<JsonNode> encodings() {
        return Golden.each(text().get("encodings"));
    }

    @Test
    void allReferenceTextsAreThere() {
        assertThat(encodings()).hasSize(50);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void tokensEqualTheReference(JsonNode golden) {
        Encoding encoding = tokenizer.encode(golden.get("text").asText());
        int[] ids = Golden.ints(golden.get("ids"));
        assertThat(encoding.ids()).isEqualTo(ids);
        for (int i = 0; i < ids.length; i++) {
            assertThat(new int[] {encoding.starts()[i], encoding.ends()[i]})
                    .as("offsets of token %d", i)
                    .isEqualTo(Golden.ints(golden.get("offsets").get(i)));
        }
        Encoding special = tokenizer.encodeWithSpecials(golden.get("text").asText());
        assertThat(special.ids()).isEqualTo(Golden.ints(golden.get("with_special")));
        assertThat(List.of(special.starts()[0], special.ends()[0])).containsExactly(0, 0);
        assertThat(tokenizer.decode(ids, false)).isEqualTo(golden.get("decoded").asText());
        assertThat(tokenizer.decode(ids, true))
                .isEqualTo(golden.get("decoded_skip").asText());
    }

    static Stream<JsonNode> expansions() {
        return Golden.each(text().get("expansions"));
    }

    @ParameterizedTest
    @MethodSource("expansions")
    void expandedImagesEqualTheReference(JsonNode golden) {
        int images = golden.get("image_tokens_per_placeholder").intValue();
        String expanded = golden.get("text").asText().replace("<image>", "<image>".repeat(images));
        assertThat(tokenizer.encodeWithSpecials(expanded).ids()).isEqualTo(Golden.ints(golden.get("ids")));
    }

    static Stream<JsonNode> templates() {
        return Golden.each(text().get("templates"));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void renderedTemplatesEqualTheReference(JsonNode golden) {
        for (String name : List.of("llava8", "llava10")) {
            ChatTemplate template = ChatTemplate.load(checkpoint(name));
            assertThat(template.render(
                            Golden.messages(golden.get("messages")),
                            golden.get("add_generation_prompt").asBoolean(),
                            Map.of()))
                    .isEqualTo(golden.get("rendered").asText());
        }
    }

    @Test
    void singleTokensDecodeAndReadLikeTheReference() {
        for (JsonNode token : text().get("single_tokens")) {
            int id = token.get("id").intValue();
            assertThat(tokenizer.contains(id)).isEqualTo(!token.get("piece").isNull());
            assertThat(tokenizer.decode(new int[] {id}, false))
                    .isEqualTo(token.get("decoded").asText());
        }
        assertThat(tokenizer.token(262)).isEqualTo(" th");
        assertThat(tokenizer.token(13)).isEqualTo("\\n");
        assertThat(tokenizer.token(200)).isEqualTo("<0xC5>");
        assertThat(tokenizer.token(509)).isEqualTo("\u00E9");
        assertThat(tokenizer.token(IMAGE)).isEqualTo("<image>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava8", "llava10"})
    void promptsEqualTheReference(String name) {
        try (LlamaTokenizer own = LlamaTokenizer.load(checkpoint(name))) {
            ChatTemplate template = ChatTemplate.load(checkpoint(name));
            JsonNode config = Golden.read("llava/" + name + "/checkpoint/config.json");
            int image = config.get("image_token_index").intValue();
            int images = config.get("image_seq_length").intValue();
            for (JsonNode golden : Golden.read("llava/" + name + "/cases.json").get("cases")) {
                Optional<String> system =
                        Optional.ofNullable(golden.get("system")).map(JsonNode::asText);
                PromptEncoder encoder = new PromptEncoder(template, own, image, RULES, system);
                List<String> choices = new ArrayList<>();
                for (int i = 0; golden.has("choice" + i); i++) {
                    choices.add(golden.get("choice" + i).asText());
                }
                Prompt prompt = PromptFormat.of(golden.get("prompt").asText())
                        .fill(golden.get("question").asText(), choices);
                EncodedPrompt encoded = encoder.encode(prompt, WordPlaces.OPTIONS, images);
                assertThat(prompt.text()).isEqualTo(golden.get("text").asText());
                assertThat(encoded.rendered()).isEqualTo(golden.get("rendered").asText());
                assertThat(encoded.ids()).isEqualTo(Golden.ints(golden.get("input_ids")));
                assertThat(positions(encoded, TokenRole.QUESTION))
                        .isEqualTo(Golden.ints(golden.get("question_text_positions")));
                int first = golden.get("image_positions").get(0).intValue();
                assertThat(encoded.imagePosition()).isEqualTo(first);
                assertThat(positions(encoded, TokenRole.IMAGE)).hasSize(images).endsWith(first + images - 1);
                assertThat(golden.get("image_positions").get(1).intValue()).isEqualTo(first + images);
            }
        }
    }

    private static int[] positions(EncodedPrompt encoded, TokenRole role) {
        TokenRole[] roles = encoded.roles();
        int[] all = new int[roles.length];
        int count = 0;
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == role) {
                all[count++] = i;
            }
        }
        return Arrays.copyOf(all, count);
    }

    private static PromptEncoder encoder(Optional<String> system) {
        return new PromptEncoder(ChatTemplate.load(checkpoint("llava8")), tokenizer, IMAGE, RULES, system);
    }

    /** Two spaces, the question's last and the template's, make one token; a majority would not give it to the question. */
    @Test
    void aTokenThatTheQuestionSharesIsTheQuestions() {
        Prompt prompt = PromptFormat.of("plain").fill("What? ", List.of());
        EncodedPrompt encoded = encoder(Optional.empty()).encode(prompt, WordPlaces.OPTIONS, 16);
        int[] asked = positions(encoded, TokenRole.QUESTION);
        assertThat(tokenizer.token(encoded.ids()[asked[asked.length - 1]])).isEqualTo("  ");
    }

    @Test
    void theTokeniserAddsTheBeginToken() {
        assertThat(encoder(Optional.empty()).addedBeginToken()).contains("<s>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Is <image> red?", "a</s>", "<s>", "<pad>", "<unk>"})
    void aSpecialTokenInTheUsersTextIsRefused(String words) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> encoder(Optional.empty())
                        .encode(PromptFormat.of("plain").fill(words, List.of()), WordPlaces.OPTIONS, 16))
                .withMessageContaining("--question")
                .withMessageContaining("<");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> encoder(Optional.of(words)))
                .withMessageContaining("--system");
    }

    @Test
    void aTemplateThatLeavesTheSystemMessageOutIsRefused() {
        ChatTemplate deaf = ChatTemplate.of(
                new TemplateSource(Path.of("deaf.jinja"), "<image>{{ messages[-1]['content'][1]['text'] }}", Map.of()));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> new PromptEncoder(deaf, tokenizer, IMAGE, RULES, Optional.of("Be kind.")))
                .withMessageContaining("deaf.jinja")
                .withMessageContaining("leaves the system message out");
    }

    @Test
    void oneLineBreakAtTheEndOfATemplateIsDropped(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages[0]['role'] }}\n\n");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
        assertThat(ChatTemplate.load(folder).render(List.of(Map.of("role", "user")), true, Map.of()))
                .isEqualTo("user\n");
    }
}
