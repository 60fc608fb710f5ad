package sightline.text;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import sightline.error.InputException;

/**
 * The checkpoint's own tokeniser, read from its {@code tokenizer.json} and the files beside it: byte-level BPE (Llama 3), or
 * BPE over SentencePiece's spelling with single bytes for the rest (Llama 2), by way of the reference library.
 *
 * <p>Adds special tokens to a text only where asked: mostly the chat template writes them. May be used by several threads.
 * Holds native memory until closed; closing twice is safe, use after that is an {@link IllegalStateException}.
 */
public final class LlamaTokenizer implements AutoCloseable {
    private static final Map<String, String> AS_IT_STANDS =
            Map.of("addSpecialTokens", "false", "truncation", "do_not_truncate", "padding", "do_not_pad");

    private final HuggingFaceTokenizer tokenizer;
    private final Vocabulary vocabulary;
    private final TokenizerSettings settings;

    private final Path folder;
    private final OptionalInt longest;

    private LlamaTokenizer(
            Path folder, HuggingFaceTokenizer tokenizer, Vocabulary.Parsed parsed, TokenizerSettings settings) {
        this.folder = folder;
        this.longest = parsed.longest();
        this.tokenizer = tokenizer;
        this.vocabulary = parsed.vocabulary();
        this.settings = settings;
    }

    /**
     * Reads {@code tokenizer.json} in a checkpoint's folder, and the tokens that only the files beside it declare.
     *
     * @throws InputException if it is missing, broken or of another kind, a file beside it contradicts it, or the native
     *     library cannot be set up
     */
    public static LlamaTokenizer load(Path checkpoint) {
        OfflineDjl.require();
        Path file = checkpoint.resolve("tokenizer.json");
        TokenizerSettings settings = TokenizerSettings.read(checkpoint);
        Vocabulary.Parsed parsed = Vocabulary.parse(file, CheckpointText.readJson(file), settings);
        byte[] json = parsed.json().getBytes(StandardCharsets.UTF_8);
        try {
            return new LlamaTokenizer(
                    checkpoint,
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), AS_IT_STANDS),
                    parsed,
                    settings);
        } catch (EngineException | LinkageError e) {
            throw new InputException(
                    "tokeniser library",
                    "the native part cannot be unpacked or loaded: " + firstLine(e),
                    "a writable cache folder and a supported platform",
                    "Set DJL_CACHE_DIR to a folder that can be written",
                    e);
        } catch (RuntimeException e) { // all that the native side says about a file it cannot use
            throw CheckpointText.broken(file, "the tokeniser library refuses it: " + firstLine(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /**
     * Token ids and offsets of a text. Special tokens in it are recognised, none is added.
     *
     * @param text valid Unicode
     * @throws IllegalArgumentException if the text holds half a surrogate pair
     */
    public Encoding encode(String text) {
        return encode(text, false);
    }

    /**
     * The same with the special tokens around it that the post-processor of {@code tokenizer.json} adds. They have the
     * offsets (0, 0).
     */
    public Encoding encodeWithSpecials(String text) {
        return encode(text, true);
    }

    /** Whether that adds any. */
    boolean addsSpecials() {
        return encodeWithSpecials("").size() > 0;
    }

    private Encoding encode(String text, boolean withSpecials) {
        requireOpen();
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException("text holds half a surrogate pair");
        }
        var encoding = tokenizer.encode(text, withSpecials, false);
        int[] ids = Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
        CharSpan[] spans = encoding.getCharTokenSpans();
        int[] starts = new int[ids.length];
        int[] ends = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            if (spans[i] != null) { // a token that was added comes from nowhere
                starts[i] = spans[i].getStart();
                ends[i] = spans[i].getEnd();
            }
        }
        return new Encoding(ids, starts, ends);
    }

    /**
     * The text that the ids stand for, spaces as they are. An id without a token gives nothing.
     *
     * @param skipSpecial whether special tokens are left out
     */
    public String decode(int[] ids, boolean skipSpecial) {
        requireOpen();
        return tokenizer.decode(
                Arrays.stream(ids).filter(this::contains).asLongStream().toArray(), skipSpecial);
    }

    /**
     * One token for a table: a leading space stays a space, line breaks and tabs become {@code \n}, {@code \r}, {@code \t},
     * a byte that is only part of a character becomes {@code <0xE2>}, a special token its own text, and an id without a token,
     * which a model may have all the same, {@code <id 32064>}.
     */
    public String token(int id) {
        return contains(id) ? vocabulary.printable(id) : "<id " + id + ">";
    }

    /** Whether there is a token with this id. */
    public boolean contains(int id) {
        return vocabulary.contains(id);
    }

    /** One more than the highest token id. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** The texts of all special tokens, in order of their ids. */
    public Set<String> specialTokens() {
        return vocabulary.special().keySet();
    }

    /** The id of a special token; empty if there is none of that text. */
    public Optional<Integer> specialId(String text) {
        return Optional.ofNullable(vocabulary.special().get(text));
    }

    /**
     * The token that begins every text.
     *
     * @throws InputException if no file says which it is
     */
    String requireBeginToken() {
        return settings.beginToken()
                .orElseThrow(() -> new InputException(
                        folder.toString(),
                        "no file says which token begins a text",
                        "\"bos_token\" in tokenizer_config.json or special_tokens_map.json",
                        "Check that the checkpoint is complete"));
    }

    /**
     * The text that stands for a picture.
     *
     * @param id the token that the model takes for it
     * @param usual its text, where no file names it
     * @throws InputException if the tokeniser has another token of that text
     */
    String requireImageToken(int id, String usual) {
        String text = settings.imageToken(usual);
        if (vocabulary.addedToken(id).filter(text::equals).isEmpty()) {
            throw new InputException(
                    folder.toString(),
                    "token " + id + ", the picture's by config.json, is not '" + text + "' in the tokeniser's files",
                    "the same token in both",
                    "Take all files from the same checkpoint");
        }
        return text;
    }

    /**
     * Refuses a prompt that the reference would cut off.
     *
     * @throws InputException if the checkpoint's files allow fewer tokens
     */
    void requireRoom(int tokens) {
        if (longest.isPresent() && tokens > longest.getAsInt()) {
            throw new InputException(
                    folder.toString(),
                    "the prompt takes " + tokens
                            + " tokens, but tokenizer_config.json or tokenizer.json have prompts cut" + " off at "
                            + longest.getAsInt(),
                    "a prompt that is read whole",
                    "Ask shorter, or take \"max_length\" and \"truncation\" out of those files");
        }
    }

    /** Frees the native tokeniser. */
    @Override
    public void close() {
        tokenizer.close();
    }

    private void requireOpen() {
        if (tokenizer.isReleased()) {
            throw new IllegalStateException("the tokeniser is closed");
        }
    }

    private static String firstLine(Throwable e) {
        String message = e.getCause() == null || e.getCause().getMessage() == null
                ? e.getMessage()
                : e.getCause().getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }
}
