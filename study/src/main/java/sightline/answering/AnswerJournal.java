package sightline.answering;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import sightline.error.InputException;
import sightline.files.Journal;
import sightline.model.Answer;

/** The answers that are there so far: one line each, whatever happens to the process. */
final class AnswerJournal implements AutoCloseable {
    private final Journal journal;
    private final Map<Long, Given> answers;

    /**
     * An answer as it goes into the file of answers.
     *
     * @param tokens its ids; the stop token, if the model said one, is the last
     */
    record Given(Asked asked, String text, int[] tokens) {}

    /**
     * What the model saw: an answer to something else is none, though the ids be equal.
     *
     * @param choices in the order in which the model saw them
     */
    record Asked(String image, String question, List<String> choices) {}

    private AnswerJournal(Journal journal, Map<Long, Given> answers) {
        this.journal = journal;
        this.answers = answers;
    }

    /** Opens or begins one. */
    static AnswerJournal open(Path file) {
        Map<Long, Given> answers = new HashMap<>();
        return new AnswerJournal(
                Journal.open(file, entry -> {
                    if (!entry.has("failed")) {
                        answers.put(
                                field(file, entry, "id", JsonNode::isIntegralNumber)
                                        .longValue(),
                                given(file, entry));
                    }
                }),
                answers);
    }

    private static Given given(Path file, JsonNode entry) {
        List<String> choices = new ArrayList<>();
        field(file, entry, "choices", list -> all(list, JsonNode::isTextual))
                .forEach(choice -> choices.add(choice.textValue()));
        JsonNode tokens = field(file, entry, "answer_tokens", list -> all(list, JsonNode::isInt));
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens.get(i).intValue();
        }
        Asked asked = new Asked(text(file, entry, "image"), text(file, entry, "question"), choices);
        return new Given(asked, text(file, entry, "answer"), ids);
    }

    private static String text(Path file, JsonNode entry, String name) {
        return field(file, entry, name, JsonNode::isTextual).textValue();
    }

    private static boolean all(JsonNode list, Predicate<JsonNode> right) {
        return list.isArray() && StreamSupport.stream(list.spliterator(), false).allMatch(right);
    }

    private static JsonNode field(Path file, JsonNode entry, String name, Predicate<JsonNode> right) {
        JsonNode value = entry.path(name);
        if (!right.test(value)) {
            throw new InputException(
                    file.toString(),
                    "holds a line whose " + name + " is " + (value.isMissingNode() ? "missing" : value),
                    "lines that this program has written",
                    "Delete that line: its question is then answered again");
        }
        return value;
    }

    /** The answer to a question, if it is there. */
    Optional<Given> answer(long id, Asked asked) {
        return Optional.ofNullable(answers.get(id))
                .filter(given -> given.asked().equals(asked));
    }

    void add(long id, Asked asked, Answer answer, double seconds) {
        int[] tokens = withStop(answer);
        journal.append(json -> {
            json.writeStartObject();
            json.writeNumberField("id", id);
            json.writeStringField("image", asked.image());
            json.writeStringField("question", asked.question());
            json.writeFieldName("choices");
            json.writeArray(
                    asked.choices().toArray(String[]::new), 0, asked.choices().size());
            json.writeStringField("answer", answer.text());
            json.writeFieldName("answer_tokens");
            json.writeArray(tokens, 0, tokens.length);
            json.writeNumberField("seconds", seconds);
            json.writeEndObject();
        });
        answers.put(id, new Given(asked, answer.text(), tokens));
    }

    /** The published files keep the token that ended an answer. */
    private static int[] withStop(Answer answer) {
        int[] tokens = answer.tokens();
        if (answer.stop().isEmpty()) {
            return tokens;
        }
        int[] all = java.util.Arrays.copyOf(tokens, tokens.length + 1);
        all[tokens.length] = answer.stop().getAsInt();
        return all;
    }

    void addFailure(long id, String message) {
        journal.append(json -> {
            json.writeStartObject();
            json.writeNumberField("id", id);
            json.writeStringField("failed", message);
            json.writeEndObject();
        });
    }

    @Override
    public void close() {
        journal.close();
    }
}
