package sightline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;

class PromptFormatTest {
    private static final List<String> FOUR = List.of("a", "b\nc", "{choice0}", "d");

    static Stream<JsonNode> cases() {
        return Stream.of("tiny10", "tiny40")
                .flatMap(model -> Golden.each(Golden.read(model + "/cases.json").get("cases")));
    }

    static List<String> choices(JsonNode golden) {
        return IntStream.range(0, 4)
                .filter(i -> golden.has("choice" + i))
                .mapToObj(i -> golden.get("choice" + i).asText())
                .toList();
    }

    static String words(Prompt prompt, TokenRole role) {
        StringBuilder words = new StringBuilder();
        int[] codePoints = prompt.text().codePoints().toArray();
        for (Span span : prompt.spans()) {
            if (span.role() == role) {
                words.append(new String(codePoints, span.start(), span.end() - span.start()));
            }
        }
        return words.toString();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsThePublishedWording(JsonNode golden) {
        Prompt prompt = PromptFormat.of(golden.get("prompt").asText())
                .fill(golden.get("question").asText(), choices(golden));
        assertThat(prompt.text()).isEqualTo(golden.get("text").asText());
        assertThat(words(prompt, TokenRole.QUESTION))
                .isEqualTo(golden.get("question").asText());
    }

    @Test
    void knowsThePublishedFormats() {
        assertThat(PromptFormat.names()).containsExactly("plain", "vqav2", "visual7w", "docvqa");
        assertThat(PromptFormat.of("plain").fill("q", List.of()).maxNewTokens()).isEqualTo(25);
        assertThat(PromptFormat.of("docvqa").fill("q", List.of()).maxNewTokens())
                .isEqualTo(512);
        assertThat(PromptFormat.of("visual7w").choices()).isEqualTo(4);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PromptFormat.of("vqa"))
                .withMessageContaining("'vqa'")
                .withMessageContaining("plain, vqav2, visual7w, docvqa");
    }

    @Test
    void slotsInTheUsersWordsStayWords() {
        Prompt prompt = PromptFormat.of("visual7w").fill("{choice0} {question}", FOUR);
        assertThat(prompt.text()).endsWith("Question: {choice0} {question}\n Choices: \n a\n b\nc\n {choice0}\n d");
        assertThat(words(prompt, TokenRole.QUESTION)).isEqualTo("{choice0} {question}");
        assertThat(words(prompt, TokenRole.CHOICES)).isEqualTo("a\n b\nc\n {choice0}\n d");
        assertThat(words(prompt, TokenRole.INSTRUCTION))
                .startsWith("Look at the image")
                .endsWith("\n Choices: \n ");
    }

    @Property(tries = 200)
    void spansFindTheQuestionWhateverItHolds(
            @ForAll @NotBlank String question, @ForAll @Size(4) List<@NotBlank String> choices) {
        Assume.that(Stream.concat(Stream.of(question), choices.stream())
                .noneMatch(text -> PythonText.strip(text).isEmpty()));
        Prompt prompt = PromptFormat.of("visual7w").fill(question, choices);
        assertThat(words(prompt, TokenRole.QUESTION)).isEqualTo(question);
        assertThat(words(prompt, TokenRole.CHOICES)).isEqualTo(String.join("\n ", choices));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u00A0", "a\uD800", "\uDC00b"})
    void blankAndBrokenTextIsRefused(String text) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PromptFormat.of("plain").fill(text, List.of()))
                .withMessageStartingWith("--question: ");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PromptFormat.of("visual7w").fill("q", List.of("a", "b", "c", text)))
                .withMessageStartingWith("--choice: ");
    }

    @Test
    void theNumberOfChoicesMustFit() {
        for (List<String> wrong :
                List.of(List.<String>of(), List.of("a", "b", "c"), List.of("a", "b", "c", "d", "e"))) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> PromptFormat.of("visual7w").fill("q", wrong))
                    .withMessageContaining("--choice")
                    .withMessageContaining("exactly 4");
        }
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PromptFormat.of("vqav2").fill("q", FOUR))
                .withMessageContaining("--choice")
                .withMessageContaining("takes no choices");
    }

    @Test
    void aPromptChecksItsSpans() {
        Span question = new Span(0, 2, TokenRole.QUESTION);
        assertThat(new Prompt("a\uD83D\uDE00", List.of(question), 1).spans()).containsExactly(question);
        assertThatThrownBy(() -> new Prompt("abc", List.of(question), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Prompt("ab", List.of(question), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Prompt("ab", List.of(new Span(0, 2, TokenRole.IMAGE)), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Span(2, 2, TokenRole.QUESTION)).isInstanceOf(IllegalArgumentException.class);
    }
}
