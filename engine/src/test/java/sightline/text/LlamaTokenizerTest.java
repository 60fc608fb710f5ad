package sightline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;

class LlamaTokenizerTest {
    private static LlamaTokenizer tokenizer;

    @BeforeAll
    static void load() {
        tokenizer = LlamaTokenizer.load(Golden.tiny10());
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    static Stream<JsonNode> encodings() {
        return Golden.each(Golden.text().get("encodings"));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void equalsTheReference(JsonNode golden) {
        Encoding encoding = tokenizer.encode(golden.get("text").asText());
        int[] ids = Golden.ints(golden.get("ids"));
        assertThat(encoding.ids()).isEqualTo(ids);
        assertThat(encoding.size()).isEqualTo(ids.length);
        for (int i = 0; i < ids.length; i++) {
            assertThat(new int[] {encoding.starts()[i], encoding.ends()[i]})
                    .as("offsets of token %d", i)
                    .isEqualTo(Golden.ints(golden.get("offsets").get(i)));
        }
        assertThat(tokenizer.decode(ids, false)).isEqualTo(golden.get("decoded").asText());
        assertThat(tokenizer.decode(ids, true))
                .isEqualTo(golden.get("decoded_skip").asText());
    }

    /** The reference puts the begin token in front when asked for special tokens; templates write it instead. */
    @ParameterizedTest
    @MethodSource("encodings")
    void beginTokenWrittenOutEqualsTheReferencesOwn(JsonNode golden) {
        assertThat(tokenizer
                        .encode("<|begin_of_text|>" + golden.get("text").asText())
                        .ids())
                .isEqualTo(Golden.ints(golden.get("with_special")));
    }

    @Test
    void tokensAreReadable() {
        assertThat(tokenizer.token(571)).isEqualTo(" circle");
        assertThat(tokenizer.token(198)).isEqualTo("\\n");
        assertThat(tokenizer.token(162)).isEqualTo("<0xE6>");
        assertThat(tokenizer.token(188)).isEqualTo("<0x00>");
        assertThat(tokenizer.token(600)).isEqualTo("<|image|>");
    }

    /** Independent of the table of names: a token without broken bytes must read as the native decoder decodes it. */
    @Test
    void everyTokenReadsAsItDecodes() {
        int compared = 0;
        for (int id : IntStream.range(0, tokenizer.vocabularySize())
                .filter(tokenizer::contains)
                .toArray()) {
            String decoded = tokenizer.decode(new int[] {id}, false);
            if (decoded.indexOf('\uFFFD') < 0 && decoded.chars().noneMatch(Character::isISOControl)) {
                assertThat(tokenizer.token(id)).as("token %d", id).isEqualTo(decoded);
                compared++;
            } else {
                assertThat(tokenizer.token(id)).as("token %d", id).matches("(?s).*(<0x..>|\\\\[nrt]).*");
            }
        }
        assertThat(compared).isGreaterThan(400);
        assertThat(tokenizer.vocabularySize()).isEqualTo(601);
    }

    @Test
    void bytesThatAreNoCharacterShowAmongThoseThatAre() {
        byte[] bytes = {(byte) 0x98, 'a', (byte) 0xE2, (byte) 0x82, (byte) 0xAC, (byte) 0xE2, (byte) 0x82};
        assertThat(ByteLevel.printable(bytes)).isEqualTo("<0x98>a\u20AC<0xE2><0x82>");
        assertThat(ByteLevel.printable("\uD83D\uDE00".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("\uD83D\uDE00");
    }

    @Test
    void specialTokensGoByTheirText() {
        assertThat(tokenizer.specialId("<|image|>")).contains(600);
        assertThat(tokenizer.specialId("image")).isEqualTo(Optional.empty());
        assertThat(tokenizer.specialTokens()).hasSize(12).startsWith("<|begin_of_text|>");
    }

    /** A model may have more rows than the tokeniser has entries. */
    @Test
    void anIdWithoutATokenGivesNothing() {
        assertThat(tokenizer.contains(601)).isFalse();
        assertThat(tokenizer.decode(new int[] {601, 571, -1}, true)).isEqualTo(" circle");
        assertThat(tokenizer.token(601)).isEqualTo("<id 601>");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        assertThatThrownBy(() -> tokenizer.encode("a\uD83D")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void useAfterCloseIsLoudAndClosingTwiceIsSafe() {
        LlamaTokenizer other = LlamaTokenizer.load(Golden.tiny10());
        other.close();
        other.close();
        assertThatThrownBy(() -> other.encode("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> other.decode(new int[] {1}, false)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isOffline() {
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> LlamaTokenizer.load(folder))
                .withMessageContaining(folder.resolve("tokenizer.json").toString())
                .withMessageContaining("does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}}}",
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}}}",
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}, \"merges\": []}}",
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 1.5}, \"merges\": []}}",
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"b c\"]}}",
                "{\"model\": {\"vocab\": {\"a\": 0}}, \"added_tokens\": [{\"id\": 7}]}",
                "{\"model\": {\"vocab\": {\"a\": 0}}, \"added_tokens\": [{\"content\": \"x\", \"special\": \"yes\"}]}",
            })
    void aBrokenFileIsNamed(String json, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> LlamaTokenizer.load(folder))
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void aFileThatIsNotUtf8IsNamed(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("tokenizer.json"), new byte[] {(byte) 0xFF, (byte) 0xFE});
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> LlamaTokenizer.load(folder))
                .withMessageContaining("UTF-8");
    }
}
