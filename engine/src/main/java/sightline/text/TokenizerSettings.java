package sightline.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import sightline.error.InputException;

/**
 * What the files beside {@code tokenizer.json} say of tokens. As in the reference, {@code special_tokens_map.json} and
 * {@code added_tokens.json} count only if {@code tokenizer_config.json} has no {@code added_tokens_decoder}, and then the
 * former goes before it.
 */
final class TokenizerSettings {
    /** In the order in which the reference adds them. */
    private static final List<String> NAMES =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private static final String ADDITIONAL = "additional_special_tokens";
    private static final String EXTRA = "extra_special_tokens";
    private static final String DECODER = "added_tokens_decoder";
    private static final String IMAGE = "<|image|>";

    /** The reference hands these on to the image processor, wherever they stand. */
    private static final List<String> PICTURES = List.of(
            "do_resize",
            "do_rescale",
            "do_normalize",
            "do_pad",
            "do_convert_rgb",
            "do_center_crop",
            "size",
            "crop_size",
            "resample",
            "rescale_factor",
            "image_mean",
            "image_std",
            "max_image_tiles",
            "data_format",
            "input_data_format");

    private final Path file;
    private final ObjectNode json;
    private final Map<String, Named> named = new HashMap<>();
    private final List<Named> additional = new ArrayList<>();
    private final Map<String, Named> extra = new LinkedHashMap<>();
    private final TreeMap<Integer, AddedToken> declared = new TreeMap<>();
    private Path declaredIn;

    /** A special token that a file names: by its text alone, or with flags of its own. */
    private record Named(String content, Optional<AddedToken> token) {}

    private TokenizerSettings(Path file, ObjectNode json) {
        this.file = file;
        this.json = json;
        this.declaredIn = file;
    }

    /**
     * Reads the files; each may be missing.
     *
     * @throws InputException if one is broken or asks for another way to tokenise
     */
    static TokenizerSettings read(Path checkpoint) {
        Path file = checkpoint.resolve("tokenizer_config.json");
        ObjectNode json = Files.exists(file) ? CheckpointText.readObject(file) : CheckpointText.emptyObject();
        refuseOtherWays(file, json);
        TokenizerSettings settings = new TokenizerSettings(file, json);
        settings.readNamed(file, json);
        settings.readExtra();
        if (settings.declares()) {
            settings.readDeclared();
        } else {
            settings.readOlderFiles(checkpoint);
        }
        return settings;
    }

    /** Whether the newer of the two ways is used to declare tokens. */
    private boolean declares() {
        return json.hasNonNull(DECODER);
    }

    private static void refuseOtherWays(Path file, ObjectNode json) {
        if (json.path("split_special_tokens").asBoolean(false)) {
            throw unsupported(file, "\"split_special_tokens\" is true: no special token would be one token");
        }
        if (json.hasNonNull("fast_tokenizer_files")) {
            throw unsupported(file, "\"fast_tokenizer_files\" names other files than tokenizer.json");
        }
        if (json.path("is_split_into_words").asBoolean(false)) {
            throw unsupported(file, "\"is_split_into_words\" is true: a prompt is one text");
        }
        JsonNode padding = json.path("padding");
        if (json.hasNonNull("padding")
                && !padding.asText().equals("false")
                && !padding.asText().equals("do_not_pad")) {
            throw unsupported(file, "\"padding\" is " + padding + ": a prompt would end in padding");
        }
        PICTURES.stream().filter(json::hasNonNull).findFirst().ifPresent(field -> {
            throw unsupported(file, "has \"" + field + "\", which the reference would apply to pictures");
        });
    }

    private static InputException unsupported(Path file, String problem) {
        return new InputException(
                file.toString(), problem, "a file that says nothing of the kind", "Use the file as it was published");
    }

    private void readNamed(Path from, ObjectNode tokens) {
        for (String name : NAMES) {
            JsonNode value = tokens.get(name);
            if (value != null && value.isNull()) {
                named.remove(name);
            } else if (value != null) {
                named.put(name, named(from, name, value));
            }
        }
        if (tokens.hasNonNull(ADDITIONAL)) {
            addAdditional(from, ADDITIONAL, tokens.get(ADDITIONAL));
        }
    }

    private void addAdditional(Path from, String field, JsonNode list) {
        if (!list.isArray()) {
            throw CheckpointText.broken(from, "\"" + field + "\" is " + list + ", not a list of tokens", null);
        }
        list.forEach(value -> additional.add(named(from, field, value)));
    }

    /** Names of the checkpoint's own; newer files have a list there, which is that of the additional tokens renamed. */
    private void readExtra() {
        JsonNode value = json.path(EXTRA);
        if (value.isArray()) {
            addAdditional(file, EXTRA, value);
        } else if (value.isObject()) {
            value.properties()
                    .forEach(entry -> extra.put(entry.getKey(), named(file, entry.getKey(), entry.getValue())));
        } else if (json.hasNonNull(EXTRA)) {
            throw CheckpointText.broken(file, "\"" + EXTRA + "\" is " + value + ", neither names nor a list", null);
        }
    }

    private void readDeclared() {
        JsonNode tokens = json.get(DECODER);
        if (!tokens.isObject()) {
            throw CheckpointText.broken(file, "\"" + DECODER + "\" is no table of tokens by their ids", null);
        }
        tokens.properties()
                .forEach(entry -> declared.put(id(file, entry.getKey()), AddedToken.read(file, entry.getValue())));
    }

    private void readOlderFiles(Path checkpoint) {
        Path map = checkpoint.resolve("special_tokens_map.json");
        if (Files.exists(map)) {
            readNamed(map, CheckpointText.readObject(map));
        }
        Path added = checkpoint.resolve("added_tokens.json");
        if (Files.exists(added)) {
            declaredIn = added;
            for (Map.Entry<String, JsonNode> entry :
                    CheckpointText.readObject(added).properties()) {
                declared.put(id(added, entry.getValue().asText()), AddedToken.plain(entry.getKey()));
            }
        }
    }

    private static Named named(Path file, String name, JsonNode value) {
        if (value.isTextual()) {
            return new Named(value.textValue(), Optional.empty());
        }
        if (!value.path("content").isTextual()) {
            throw CheckpointText.broken(file, "\"" + name + "\" is " + value + ", not a token's text", null);
        }
        AddedToken token = AddedToken.read(file, value).asSpecial();
        return new Named(token.content(), Optional.of(token));
    }

    private static int id(Path file, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw CheckpointText.broken(file, "has '" + text + "' where a token's id should be", e);
        }
    }

    /**
     * Refuses a {@code tokenizer.json} whose own setting the reference would replace.
     *
     * @param there {@code add_prefix_space} of its outermost splitting step; null if that has none
     */
    void requirePrefixSpace(Path tokenizer, JsonNode there) {
        boolean here = json.path("add_prefix_space").asBoolean(false);
        if (there != null && there.asBoolean() != here) {
            throw new InputException(
                    tokenizer.toString(),
                    "\"add_prefix_space\" is " + there + ", but " + here + " in " + file.getFileName()
                            + ", where it is false if it is not there",
                    "the same in both files",
                    "Use both files as they were saved together");
        }
    }

    /**
     * How many tokens a prompt may have before the reference cuts it off.
     *
     * @param truncation what {@code tokenizer.json} says of it; a missing node if nothing
     */
    OptionalInt longest(JsonNode truncation) {
        if (json.path("max_length").canConvertToInt()) {
            return OptionalInt.of(json.get("max_length").intValue());
        }
        if (truncation.path("max_length").canConvertToInt()) {
            return OptionalInt.of(truncation.get("max_length").intValue());
        }
        boolean cuts = json.hasNonNull("truncation")
                && !json.get("truncation").asText().equals("false")
                && !json.get("truncation").asText().equals("do_not_truncate");
        return cuts && json.path("model_max_length").canConvertToInt()
                ? OptionalInt.of(json.get("model_max_length").intValue())
                : OptionalInt.empty();
    }

    /** The tokens that a template may name, by their names. */
    Map<String, String> forTemplates() {
        Map<String, String> tokens = new LinkedHashMap<>();
        named.forEach((name, token) -> tokens.put(name, token.content()));
        extra.forEach((name, token) -> tokens.put(name, token.content()));
        tokens.values().removeIf(String::isEmpty); // an empty one is not defined
        return Collections.unmodifiableMap(tokens);
    }

    /** The token that begins every text. */
    Optional<String> beginToken() {
        return Optional.ofNullable(forTemplates().get("bos_token"));
    }

    /** The text that stands for a picture. */
    String imageToken() {
        return forTemplates().getOrDefault("image_token", IMAGE);
    }

    /**
     * Adds to the tokens of {@code tokenizer.json} what the reference adds: declared ones that are not there with the same
     * flags, then those that have a name and are not there at all, or there with other flags than their own.
     *
     * @param tokens those of {@code tokenizer.json}
     * @return what was added, in order
     * @throws InputException if a token would get another id than the one it is declared with
     */
    List<AddedToken> addTo(AddedTokens tokens) {
        List<AddedToken> present = tokens.all();
        List<String> contents = present.stream().map(AddedToken::content).toList();
        List<AddedToken> added = new ArrayList<>();
        for (Map.Entry<Integer, AddedToken> entry : missing(tokens).entrySet()) {
            AddedToken token = isSpecial(entry.getValue()) ? entry.getValue().asSpecial() : entry.getValue();
            requireId(token, entry.getKey(), tokens.add(token));
            added.add(token);
        }
        // What a declaration says goes before the flags that come with a name.
        List<String> known =
                declares() ? declared.values().stream().map(AddedToken::content).toList() : contents;
        for (Named name : special()) {
            boolean replaced = named.containsValue(name) && known.contains(name.content());
            boolean byText = name.token().isEmpty() && tokens.ids().containsKey(name.content());
            AddedToken token = name.token().orElseGet(() -> AddedToken.named(name.content()));
            if (!replaced && !byText && tokens.all().stream().noneMatch(token::sameAs)) {
                tokens.add(token);
                added.add(token);
            }
        }
        return added;
    }

    /** Declared tokens that {@code tokenizer.json} lacks. The older file gives way where an id is taken. */
    private Map<Integer, AddedToken> missing(AddedTokens tokens) {
        Map<Integer, AddedToken> missing = new TreeMap<>(declared);
        List<AddedToken> present = tokens.all();
        missing.values().removeIf(token -> present.stream().anyMatch(token::sameAs));
        if (!declares()) {
            missing.keySet().removeAll(tokens.ids().values());
        }
        return missing;
    }

    private void requireId(AddedToken token, int id, int given) {
        if (given != id) {
            throw new InputException(
                    declaredIn.toString(),
                    "declares '" + token.content() + "' as token " + id + ", but with this tokenizer.json it is token "
                            + given,
                    "the same id",
                    "Use both files as they were saved together");
        }
    }

    private boolean isSpecial(AddedToken token) {
        return special().stream().anyMatch(name -> name.content().equals(token.content()));
    }

    /** All special tokens that have a name, none twice. */
    private List<Named> special() {
        List<Named> all = new ArrayList<>(
                NAMES.stream().map(named::get).filter(Objects::nonNull).toList());
        all.addAll(additional);
        all.addAll(extra.values());
        Map<String, Named> byContent = new LinkedHashMap<>();
        all.stream()
                .filter(name -> !name.content().isEmpty())
                .forEach(name -> byContent.putIfAbsent(name.content(), name));
        return List.copyOf(byContent.values());
    }
}
