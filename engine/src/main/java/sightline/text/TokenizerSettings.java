package sightline.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sightline.error.InputException;
import sightline.text.NamedTokens.Named;

/**
 * What the files beside {@code tokenizer.json} say of tokens. As in the reference, {@code special_tokens_map.json} and
 * {@code added_tokens.json} count only if {@code tokenizer_config.json} has no {@code added_tokens_decoder}, and then the
 * former goes before it.
 */
final class TokenizerSettings {
    private static final String DECODER = "added_tokens_decoder";

    private final TokenizerConfig config;
    private final NamedTokens named;
    private final TreeMap<Integer, AddedToken> declared = new TreeMap<>();
    private Path declaredIn;
    /** The last additional token of {@code special_tokens_map.json}, if {@code added_tokens.json} is there too. */
    private Optional<String> mixedUp = Optional.empty();

    private TokenizerSettings(TokenizerConfig config) {
        this.config = config;
        this.named = new NamedTokens(config);
        this.declaredIn = config.file();
    }

    /**
     * Reads the files; each may be missing.
     *
     * @throws InputException if one is broken or asks for another way to tokenise
     */
    static TokenizerSettings read(Path checkpoint) {
        TokenizerSettings settings = new TokenizerSettings(TokenizerConfig.read(checkpoint));
        if (settings.declares()) {
            settings.readDeclared();
        } else {
            settings.readOlderFiles(checkpoint);
        }
        return settings;
    }

    /** Whether the newer of the two ways is used to declare tokens. */
    private boolean declares() {
        return config.json().hasNonNull(DECODER);
    }

    private void readDeclared() {
        JsonNode tokens = config.json().get(DECODER);
        if (!tokens.isObject()) {
            throw CheckpointText.broken(config.file(), "\"" + DECODER + "\" is no table of tokens by their ids", null);
        }
        tokens.properties()
                .forEach(entry -> declared.put(
                        id(config.file(), entry.getKey()), AddedToken.read(config.file(), entry.getValue())));
    }

    private void readOlderFiles(Path checkpoint) {
        Path map = checkpoint.resolve("special_tokens_map.json");
        JsonNode list = CheckpointText.emptyObject();
        if (Files.exists(map)) {
            named.read(map, CheckpointText.readObject(map));
            list = CheckpointText.readObject(map).path(NamedTokens.ADDITIONAL);
        }
        Path added = checkpoint.resolve("added_tokens.json");
        if (Files.exists(added)) {
            declaredIn = added;
            JsonNode last = list.path(list.size() - 1);
            mixedUp = Optional.of(last.path("content").asText(last.asText()));
            for (Map.Entry<String, JsonNode> entry :
                    CheckpointText.readObject(added).properties()) {
                declared.put(
                        id(added, entry.getValue().asText()),
                        AddedToken.listed(entry.getKey(), named.containEarly(entry.getKey())));
            }
        }
    }

    private static int id(Path file, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw CheckpointText.broken(file, "has '" + text + "' where a token's id should be", e);
        }
    }

    /** The settings that are not about single tokens. */
    TokenizerConfig config() {
        return config;
    }

    /** The tokens that a template may name, by their names. */
    Map<String, String> forTemplates() {
        return named.forTemplates();
    }

    /** The token that begins every text. */
    Optional<String> beginToken() {
        return Optional.ofNullable(forTemplates().get("bos_token"));
    }

    /**
     * The text that stands for a picture.
     *
     * @param usual where no file names it
     */
    String imageToken(String usual) {
        return forTemplates().getOrDefault("image_token", usual);
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
        List<String> present = tokens.all().stream().map(AddedToken::content).toList();
        refuseMixedUp(present);
        List<AddedToken> added = new ArrayList<>();
        for (Map.Entry<Integer, AddedToken> entry : missing(tokens).entrySet()) {
            AddedToken own = entry.getValue();
            AddedToken token = named.contain(own.content()) ? own.asSpecial() : own;
            requireId(token, entry.getKey(), tokens.add(token));
            added.add(token);
        }
        // What a declaration says goes before the flags that come with a name.
        List<String> known =
                declares() ? declared.values().stream().map(AddedToken::content).toList() : present;
        for (Named name : named.all()) {
            boolean replaced = named.isStandard(name) && known.contains(name.content());
            boolean byText = name.token().isEmpty() && tokens.ids().containsKey(name.content());
            AddedToken token = name.token().orElseGet(() -> AddedToken.named(name.content()));
            if (!replaced && !byText && tokens.all().stream().noneMatch(token::sameAs)) {
                tokens.add(token);
                added.add(token);
            }
        }
        return added;
    }

    /** The reference takes another token for a named one that is also the last of the additional ones. */
    private void refuseMixedUp(List<String> present) {
        mixedUp.filter(token -> !present.contains(token) && !declared.isEmpty() && named.isStandard(token))
                .ifPresent(token -> {
                    throw new InputException(
                            config.file()
                                    .resolveSibling("special_tokens_map.json")
                                    .toString(),
                            "has '" + token + "' under a name and as the last of \"" + NamedTokens.ADDITIONAL
                                    + "\", which the reference mixes up with the tokens of added_tokens.json",
                            "it in tokenizer.json, or in one of the two places",
                            "Use the files of a newer release of that checkpoint");
                });
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
}
