package sightline.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import sightline.error.InputException;

/** The special tokens that a checkpoint's files name: {@code bos_token} and its like, additional ones, and its own. */
final class NamedTokens {
    static final String ADDITIONAL = "additional_special_tokens";

    /** In the order in which the reference adds them. */
    private static final List<String> NAMES =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private static final String EXTRA = "extra_special_tokens";

    private final TokenizerConfig config;
    private final Map<String, Named> standard = new HashMap<>();
    private final List<Named> additional = new ArrayList<>();
    private final Map<String, Named> extra = new LinkedHashMap<>();

    /**
     * One of them: by its text alone, or with flags of its own.
     *
     * @param late whether the reference takes it for a token only after it has read {@code added_tokens.json}
     */
    record Named(String content, Optional<AddedToken> token, boolean late) {
        boolean agrees(Named other) {
            return token.isPresent() == other.token().isPresent()
                    && token.stream().allMatch(own -> own.sameAs(other.token().get()));
        }
    }

    /** @throws InputException if the file names something that is no token */
    NamedTokens(TokenizerConfig config) {
        this.config = config;
        read(config.file(), config.json());
        readExtra();
    }

    /** Takes those of another file over; its own go before what was read so far, additional ones come behind. */
    void read(Path from, ObjectNode tokens) {
        for (String name : NAMES) {
            JsonNode value = tokens.get(name);
            if (value != null && value.isNull()) {
                standard.remove(name);
            } else if (value != null) {
                standard.put(name, named(from, name, value));
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
        for (JsonNode value : list) {
            Named token = named(from, field, value);
            if (additional.stream()
                    .anyMatch(other -> other.content().equals(token.content()) && !other.agrees(token))) {
                throw new InputException(
                        from.toString(),
                        "\"" + field + "\" has '" + token.content() + "' a second time, with other flags",
                        "each token once",
                        "Use the file as it was published");
            }
            additional.add(token);
        }
    }

    /** Names of the checkpoint's own; newer files have a list there, which is that of the additional tokens renamed. */
    private void readExtra() {
        JsonNode value = config.json().path(EXTRA);
        if (value.isArray()) {
            addAdditional(config.file(), EXTRA, value);
        } else if (value.isObject()) {
            value.properties()
                    .forEach(
                            entry -> extra.put(entry.getKey(), named(config.file(), entry.getKey(), entry.getValue())));
        } else if (config.json().hasNonNull(EXTRA)) {
            throw CheckpointText.broken(
                    config.file(), "\"" + EXTRA + "\" is " + value + ", neither names nor a list", null);
        }
    }

    private Named named(Path from, String name, JsonNode value) {
        if (value.isTextual()) {
            return new Named(value.textValue(), Optional.empty(), false);
        }
        if (!value.path("content").isTextual()) {
            throw CheckpointText.broken(from, "\"" + name + "\" is " + value + ", not a token's text", null);
        }
        AddedToken token = AddedToken.read(from, value).asSpecial();
        return new Named(token.content(), Optional.of(token), from.equals(config.file()));
    }

    /** The tokens that a template may name, by their names. */
    Map<String, String> forTemplates() {
        Map<String, String> tokens = new LinkedHashMap<>();
        standard.forEach((name, token) -> tokens.put(name, token.content()));
        extra.forEach((name, token) -> tokens.put(name, token.content()));
        tokens.values().removeIf(String::isEmpty); // an empty one is not defined
        return Collections.unmodifiableMap(tokens);
    }

    /** All, none twice, in the order in which the reference adds them. */
    List<Named> all() {
        Map<String, Named> byContent = new LinkedHashMap<>();
        Stream.of(
                        NAMES.stream().map(standard::get).filter(Objects::nonNull),
                        additional.stream(),
                        extra.values().stream())
                .flatMap(tokens -> tokens)
                .filter(name -> !name.content().isEmpty())
                .forEach(name -> byContent.putIfAbsent(name.content(), name));
        return List.copyOf(byContent.values());
    }

    /** Whether a token is one of them. */
    boolean contain(String content) {
        return all().stream().anyMatch(name -> name.content().equals(content));
    }

    /** Whether the reference knows that when it reads {@code added_tokens.json}. */
    boolean containEarly(String content) {
        return Stream.concat(standard.values().stream(), additional.stream())
                .anyMatch(name -> !name.late() && name.content().equals(content));
    }

    /** Whether a token is one of {@code bos_token} and its like. */
    boolean isStandard(String content) {
        return standard.values().stream().anyMatch(name -> name.content().equals(content));
    }

    /** Whether it stands there under such a name, not in a list or under one of the checkpoint's own. */
    boolean isStandard(Named name) {
        return standard.containsValue(name);
    }
}
