package sightline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;
import sightline.mllama.MllamaProcessor;

class PromptEncoderTest {
    private static final int IMAGE = 600; // image_token_index of tiny10

    private static LlamaTokenizer tokenizer;
    private static PromptEncoder encoder;

    @BeforeAll
    static void load() {
        tokenizer = LlamaTokenizer.load(Golden.tiny10());
        encoder = new PromptEncoder(
                ChatTemplate.load(Golden.tiny10()), tokenizer, IMAGE, MllamaProcessor.PROMPT_RULES, Optional.empty());
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    private static Prompt plain(String question) {
        return PromptFormat.of("plain").fill(question, List.of());
    }

    /** What the tokens of a role decode to. */
    private static String words(EncodedPrompt encoded, TokenRole role) {
        int[] ids = encoded.ids();
        TokenRole[] roles = encoded.roles();
        return tokenizer.decode(
                IntStream.range(0, ids.length)
                        .filter(i -> roles[i] == role)
                        .map(i -> ids[i])
                        .toArray(),
                false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny10", "tiny40"})
    void equalsTheReference(String model) {
        Path checkpoint = Golden.root().resolve(model).resolve("checkpoint");
        try (LlamaTokenizer own = LlamaTokenizer.load(checkpoint)) {
            int image = Golden.read(model + "/checkpoint/config.json")
                    .get("image_token_index")
                    .asInt();
            PromptEncoder subject = new PromptEncoder(
                    ChatTemplate.load(checkpoint), own, image, MllamaProcessor.PROMPT_RULES, Optional.empty());
            for (JsonNode golden : Golden.read(model + "/cases.json").get("cases")) {
                Prompt prompt = PromptFormat.of(golden.get("prompt").asText())
                        .fill(golden.get("question").asText(), PromptFormatTest.choices(golden));
                EncodedPrompt encoded = subject.encode(prompt);
                assertThat(encoded.rendered()).isEqualTo(golden.get("rendered").asText());
                assertThat(encoded.ids()).isEqualTo(Golden.ints(golden.get("input_ids")));
                assertThat(encoded.ids()[encoded.imagePosition()]).isEqualTo(image);
                assertThat(encoded.roles()).doesNotContain(TokenRole.ANSWER).contains(TokenRole.QUESTION);
            }
        }
    }

    @Test
    void everyTokenHasTheRoleOfItsWords() {
        EncodedPrompt encoded = encoder.encode(PromptFormat.of("visual7w")
                .fill("Where is the cup?", List.of("On the left.", "In the\nkitchen.", "cup", "Nowhere.")));
        assertThat(words(encoded, TokenRole.QUESTION)).isEqualTo(" Where is the cup?");
        assertThat(words(encoded, TokenRole.CHOICES)).endsWith("On the left.\n In the\nkitchen.\n cup\n Nowhere.");
        assertThat(words(encoded, TokenRole.INSTRUCTION))
                .startsWith("Look at the image")
                .endsWith("Choices: \n ");
        assertThat(words(encoded, TokenRole.IMAGE)).isEqualTo("<|image|>");
        assertThat(words(encoded, TokenRole.TEMPLATE))
                .isEqualTo("<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n<|eot_id|>"
                        + "<|start_header_id|>assistant<|end_header_id|>\n\n");
        assertThat(encoded.imagePosition()).isEqualTo(7);
        assertThat(encoded.length()).isEqualTo(encoded.ids().length);
    }

    static Stream<String> questions() {
        return Stream.concat(
                Stream.of(
                        "user",
                        "assistant\n\n",
                        "Question: {question}",
                        "Look at the image carefully",
                        "  two leading spaces",
                        "trailing  ",
                        "\uD83D\uDC69\u200D\uD83D\uDE80 who?",
                        "\u65E5\u672C\u8A9E\u304B",
                        "e\u0301te\u0301",
                        "sightline-stand-in-for-the-text",
                        "12 12",
                        "a\u0000b",
                        "{{ bos_token }}{% if x %}{# c #}"),
                LlamaTokenizerTest.encodings()
                        .map(golden -> golden.get("text").asText())
                        .filter(text -> !text.isBlank() && !text.matches("(?s).*<\\|(image|eot_id)\\|>.*")));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aPlainQuestionIsExactlyItsTokens(String question) {
        EncodedPrompt encoded = encoder.encode(plain(question));
        assertThat(words(encoded, TokenRole.QUESTION)).isEqualTo(question);
        assertThat(encoded.roles()).doesNotContain(TokenRole.INSTRUCTION, TokenRole.CHOICES);
    }

    /** Around the question stand a space and a line break, which may share a token with its first or last character. */
    @ParameterizedTest
    @MethodSource("questions")
    void aQuestionInsideAnInstructionIsFound(String start) {
        String question = start + "s";
        EncodedPrompt encoded =
                encoder.encode(PromptFormat.of("visual7w").fill(question, List.of(question, "b", "\uD83D\uDE00", "d")));
        assertThat(words(encoded, TokenRole.QUESTION).strip()).isEqualTo(question.strip());
        assertThat(words(encoded, TokenRole.CHOICES).strip()).isEqualTo(question.strip() + "\n b\n \uD83D\uDE00\n d");
    }

    @Test
    void aTokenSharedEquallyGoesToTheLaterSpan() {
        List<String> choices = List.of("a", "b", "c", "d");
        EncodedPrompt encoded = encoder.encode(PromptFormat.of("visual7w").fill("{who}", choices));
        assertThat(Arrays.stream(encoded.ids()).mapToObj(tokenizer::token)).contains("}\\n");
        assertThat(words(encoded, TokenRole.QUESTION)).isEqualTo(" {who");
        assertThat(words(encoded, TokenRole.INSTRUCTION)).endsWith("Question:}\n Choices: \n");
    }

    @Test
    void aTemplateMayStripTheText() {
        PromptEncoder strips = over("{{ part['text'] | trim }}");
        EncodedPrompt encoded = strips.encode(plain(" \n What?  "));
        assertThat(encoded.rendered()).isEqualTo("head<|image|>What?<|eot_id|>");
        assertThat(words(encoded, TokenRole.QUESTION)).isEqualTo("What?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{{ part['text'] }}{{ part['text'] }}",
                "<|image|>{{ part['text'] }}",
                "{{ part['text'] }}<|image|>",
            })
    void aTemplateThatDoesNotWriteTextAndImageOnceIsRefused(String body) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> over(body))
                .withMessageContaining("the chat template");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ part['text'] | upper }}{{ part['text'] if 'stand-in' in part['text'] }}",
                "{{ part['text'] | replace('?', '!') }}",
                "{{ part['text'] }}{{ ' indeed' if '?' in part['text'] }}",
                "{{ part['text'] | replace('Wh', '') }}",
            })
    void aTemplateThatChangesTheTextIsRefused(String body) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> over(body).encode(plain("What?")))
                .withMessageContaining("the chat template");
    }

    private static PromptEncoder over(String body) {
        String source = "head<|image|>{% for part in messages[0]['content'] %}{% if part['type'] == 'text' %}" + body
                + "{% endif %}{% endfor %}<|eot_id|>";
        ChatTemplate template = ChatTemplate.of(new TemplateSource(Path.of("chat_template.jinja"), source, Map.of()));
        return new PromptEncoder(template, tokenizer, IMAGE, MllamaProcessor.PROMPT_RULES, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is <|image|>?", "<|eot_id|>", "a<|reserved_special_token_1|>b"})
    void specialTokensInTheUsersWordsAreRefused(String text) {
        String special = text.replaceAll("(?s).*(<\\|\\w+\\|>).*", "$1");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> encoder.encode(plain(text)))
                .withMessageContaining("--question")
                .withMessageContaining(special);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> encoder.encode(PromptFormat.of("visual7w").fill("q", List.of("a", "b", "c", text))))
                .withMessageContaining("--choice")
                .withMessageContaining(special);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> encoder.encodeAnswer(text))
                .withMessageContaining("--answer")
                .withMessageContaining(special);
    }

    @Test
    void anAnswerIsTokenisedAsItStands() {
        assertThat(encoder.encodeAnswer("red circle")).containsExactly(263, 67, 571);
        assertThat(encoder.encodeAnswer(" red circle")).containsExactly(492, 571);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> encoder.encodeAnswer(""))
                .withMessageContaining("--answer");
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> encoder.encodeAnswer("\uD83D"));
    }

    @Test
    void theVoteGoesToTheMostThenToTheLater() {
        TokenRole[] text =
                RoleVote.paint(8, List.of(new Span(2, 4, TokenRole.INSTRUCTION), new Span(4, 7, TokenRole.QUESTION)));
        // "TTIIQQQT"
        assertThat(vote(text, 0, 3)).isEqualTo(TokenRole.TEMPLATE);
        assertThat(vote(text, 1, 3)).isEqualTo(TokenRole.INSTRUCTION);
        assertThat(vote(text, 2, 6)).isEqualTo(TokenRole.QUESTION);
        assertThat(vote(text, 2, 5)).isEqualTo(TokenRole.INSTRUCTION);
        assertThat(vote(text, 6, 8)).isEqualTo(TokenRole.TEMPLATE);
        // The second token's offsets leave out the space at 3; the third is all left out; the fourth has no room at
        // all.
        Encoding gaps = new Encoding(new int[4], new int[] {0, 4, 6, 6}, new int[] {3, 5, 6, 6});
        assertThat(RoleVote.assign(text, gaps, false))
                .containsExactly(TokenRole.TEMPLATE, TokenRole.QUESTION, TokenRole.QUESTION, TokenRole.QUESTION);
        assertThat(RoleVote.assign(new TokenRole[0], new Encoding(new int[1], new int[1], new int[1]), false))
                .containsExactly(TokenRole.TEMPLATE);
    }

    private static TokenRole vote(TokenRole[] text, int start, int end) {
        List<TokenRole> roles = new ArrayList<>(Arrays.asList(
                RoleVote.assign(text, new Encoding(new int[2], new int[] {0, start}, new int[] {start, end}), false)));
        return roles.get(1);
    }

    @Test
    void anEncodedPromptChecksAndKeepsItsArrays() {
        int[] ids = {1, 2};
        EncodedPrompt prompt = new EncodedPrompt("x", ids, new TokenRole[] {TokenRole.TEMPLATE, TokenRole.IMAGE});
        ids[0] = 9;
        prompt.ids()[0] = 9;
        prompt.roles()[0] = TokenRole.ANSWER;
        assertThat(prompt.ids()).containsExactly(1, 2);
        assertThat(prompt.roles()[0]).isEqualTo(TokenRole.TEMPLATE);
        assertThatThrownBy(() -> new EncodedPrompt("x", ids, new TokenRole[] {TokenRole.IMAGE}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EncodedPrompt("x", ids, new TokenRole[] {TokenRole.TEMPLATE, TokenRole.ANSWER}))
                .isInstanceOf(IllegalArgumentException.class);
        TokenRole[] apart = {TokenRole.IMAGE, TokenRole.TEMPLATE, TokenRole.IMAGE};
        assertThatThrownBy(() -> new EncodedPrompt("x", new int[3], apart))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new EncodedPrompt("x", ids, new TokenRole[] {TokenRole.IMAGE, TokenRole.IMAGE}).imagePosition())
                .isZero();
    }
}
