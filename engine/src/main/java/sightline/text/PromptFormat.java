package sightline.text;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sightline.error.InputException;

/**
 * The wording around a question: {@code plain} (the question alone) or the published ones of {@code vqav2}, {@code
 * visual7w} and {@code docvqa}, which are data, in {@code prompts.json} beside this class.
 */
public final class PromptFormat {
    private static final Pattern SLOT = Pattern.compile("\\{(question|choice(\\d))}");
    private static final Map<String, PromptFormat> ALL = readAll();

    private final String name;
    private final int maxNewTokens;
    private final List<Part> parts;
    private final int choices;

    /** A piece of the wording: literal text, or a slot to fill. {@code choice} counts from 0 and is -1 elsewhere. */
    private record Part(TokenRole role, String literal, int choice) {}

    private record Wording(String text, int maxNewTokens) {}

    private PromptFormat(String name, Wording wording) {
        this.name = name;
        this.maxNewTokens = wording.maxNewTokens();
        this.parts = parse(wording.text());
        this.choices = (int) parts.stream().filter(part -> part.choice() >= 0).count();
    }

    /**
     * The format of that name.
     *
     * @throws InputException if there is none, listing those that exist
     */
    public static PromptFormat of(String name) {
        PromptFormat format = ALL.get(Objects.requireNonNull(name, "name"));
        if (format == null) {
            throw new InputException(
                    "--prompt",
                    "no prompt format is called '" + name + "'",
                    "one of " + String.join(", ", ALL.keySet()),
                    "Name one of these");
        }
        return format;
    }

    /** All names, {@code plain} first. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** This format's name. */
    public String name() {
        return name;
    }

    /** How many tokens an answer may have at most. */
    public int maxNewTokens() {
        return maxNewTokens;
    }

    /** How many answer choices the format takes: 0 or 4. */
    public int choices() {
        return choices;
    }

    /**
     * Puts question and choices into the wording. Each slot is filled once: braces in the user's words are just braces.
     *
     * @param question at least one character that is not white space; kept as it stands
     * @param answerChoices as many as {@link #choices()}, in order
     * @throws NullPointerException naming what is null
     * @throws InputException if something is blank or not Unicode, or the number of choices is wrong
     */
    public Prompt fill(String question, List<String> answerChoices) {
        return fill(question, answerChoices, WordPlaces.OPTIONS);
    }

    /**
     * The same with words from elsewhere.
     *
     * @param places where they come from, for errors
     */
    public Prompt fill(String question, List<String> answerChoices, WordPlaces places) {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(answerChoices, "answerChoices");
        answerChoices.forEach(choice -> Objects.requireNonNull(choice, "an answer choice"));
        requireChoices(answerChoices);
        UserText.requireReadable(places.question(), question);
        answerChoices.forEach(choice -> UserText.requireReadable(places.choice(), choice));
        StringBuilder text = new StringBuilder();
        List<Span> spans = new ArrayList<>();
        int end = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            String words = part.role() == TokenRole.QUESTION
                    ? question
                    : part.choice() >= 0 ? answerChoices.get(part.choice()) : part.literal();
            text.append(words);
            end += words.codePointCount(0, words.length());
            boolean goesOn = i + 1 < parts.size() && parts.get(i + 1).role() == part.role();
            if (!goesOn) {
                spans.add(new Span(
                        spans.isEmpty() ? 0 : spans.get(spans.size() - 1).end(), end, part.role()));
            }
        }
        return new Prompt(text.toString(), spans, maxNewTokens);
    }

    private void requireChoices(List<String> given) {
        if (given.size() == choices) {
            return;
        }
        if (choices == 0) {
            throw new InputException(
                    "--choice",
                    "given " + given.size() + " times, but the prompt format '" + name + "' takes no choices",
                    "",
                    "Leave --choice out or use --prompt visual7w");
        }
        throw new InputException(
                "--choice",
                "given " + given.size() + " times for the prompt format '" + name + "'",
                "exactly " + choices + " choices",
                "Give --choice once for each of the " + choices);
    }

    /** Splits the wording at its slots. What stands between two choices belongs to the list of choices. */
    private static List<Part> parse(String wording) {
        List<Part> parts = new ArrayList<>();
        Matcher slot = SLOT.matcher(wording);
        int from = 0;
        while (slot.find()) {
            boolean isChoice = slot.group(2) != null;
            boolean afterChoice =
                    !parts.isEmpty() && parts.get(parts.size() - 1).role() == TokenRole.CHOICES;
            if (slot.start() > from) {
                TokenRole role = isChoice && afterChoice ? TokenRole.CHOICES : TokenRole.INSTRUCTION;
                parts.add(new Part(role, wording.substring(from, slot.start()), -1));
            }
            parts.add(
                    isChoice
                            ? new Part(TokenRole.CHOICES, "", Integer.parseInt(slot.group(2)))
                            : new Part(TokenRole.QUESTION, "", -1));
            from = slot.end();
        }
        if (from < wording.length()) {
            parts.add(new Part(TokenRole.INSTRUCTION, wording.substring(from), -1));
        }
        return List.copyOf(parts);
    }

    private static Map<String, PromptFormat> readAll() {
        Map<String, PromptFormat> formats = new LinkedHashMap<>();
        formats.put("plain", new PromptFormat("plain", new Wording("{question}", 25)));
        try (InputStream in = PromptFormat.class.getResourceAsStream("prompts.json")) {
            ObjectMapper json = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
            json.readValue(in, new TypeReference<LinkedHashMap<String, Wording>>() {})
                    .forEach((name, wording) -> formats.put(name, new PromptFormat(name, wording)));
        } catch (IOException e) {
            throw new UncheckedIOException("prompts.json, part of this library, cannot be read", e);
        }
        return formats;
    }
}
