package sightline.answering;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import sightline.dataset.Dataset;
import sightline.dataset.Question;
import sightline.error.InputException;
import sightline.files.Journal;
import sightline.model.Answer;

/** The answers that are there so far: one line each, whatever happens to the process. */
final class AnswerJournal implements AutoCloseable {
    private final Journal journal;
    private final Map<AskedQuestion, GivenAnswer> answers;

    /**
     * An answer as it goes into the file of answers.
     *
     * @param tokens its ids; the stop token, if the model said one, is the last
     */
    record GivenAnswer(AskedQuestion asked, String text, int[] tokens) {}

    /**
     * What the model saw: an answer to something else is none, though the ids be equal.
     *
     * @param question without its categories, its choices in the order in which the model saw them
     * @param picture the SHA-256 of its picture's file
     */
    record AskedQuestion(Question question, String picture) {}

    private AnswerJournal(Journal journal, Map<AskedQuestion, GivenAnswer> answers) {
        this.journal = journal;
        this.answers = answers;
    }

    /**
     * Opens or begins one.
     *
     * @param dataset whose questions are in it
     * @param mark that every line bears: {@link sightline.files.SettingsFile#mark} of the settings
     * @throws InputException naming file and line if one bears another, is none of ours, or repeats an answer
     */
    static AnswerJournal open(Path file, Dataset dataset, String mark) {
        Map<AskedQuestion, GivenAnswer> answers = new HashMap<>();
        return new AnswerJournal(
                Journal.open(file, (entry, line) -> {
                    String place = file + ", line " + line;
                    requireMark(place, entry, mark);
                    long id = field(place, entry, "id", JsonNode::isIntegralNumber)
                            .longValue();
                    if (entry.has("failed")) {
                        text(place, entry, "failed");
                        return;
                    }
                    GivenAnswer given = given(place, dataset, id, entry);
                    if (answers.put(given.asked(), given) != null) {
                        throw new InputException(
                                place,
                                "holds a second answer to question " + id,
                                "one answer to each",
                                "Delete all lines of that id: its question is then answered again");
                    }
                }),
                answers);
    }

    private static void requireMark(String place, JsonNode entry, String mark) {
        JsonNode found = entry.path("settings");
        if (!found.asText("").equals(mark)) {
            throw new InputException(
                    place,
                    "was made under settings " + (found.isMissingNode() ? "that it does not tell" : found),
                    "those of manifest.json, " + mark,
                    "Put back the files that belong together, or delete that line: its question is then answered again");
        }
    }

    private static GivenAnswer given(String place, Dataset dataset, long id, JsonNode entry) {
        List<String> choices = new ArrayList<>();
        field(place, entry, "choices", list -> all(list, JsonNode::isTextual))
                .forEach(choice -> choices.add(choice.textValue()));
        JsonNode tokens = field(place, entry, "answer_tokens", list -> all(list, JsonNode::isInt));
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens.get(i).intValue();
        }
        String image = text(place, entry, "image");
        Question question = new Question(dataset, id, image, text(place, entry, "question"), choices, List.of());
        AskedQuestion asked = new AskedQuestion(question, text(place, entry, "picture_sha256"));
        return new GivenAnswer(asked, text(place, entry, "answer"), ids);
    }

    private static String text(String place, JsonNode entry, String name) {
        return field(place, entry, name, JsonNode::isTextual).textValue();
    }

    private static boolean all(JsonNode list, Predicate<JsonNode> right) {
        return list.isArray() && StreamSupport.stream(list.spliterator(), false).allMatch(right);
    }

    private static JsonNode field(String place, JsonNode entry, String name, Predicate<JsonNode> right) {
        JsonNode value = entry.path(name);
        if (!right.test(value)) {
            throw new InputException(
                    place,
                    name + " is " + (value.isMissingNode() ? "missing" : value),
                    "lines that this program has written",
                    "Delete that line: its question is then answered again");
        }
        return value;
    }

    /** The answer to a question, if it is there. */
    Optional<GivenAnswer> answer(AskedQuestion asked) {
        return Optional.ofNullable(answers.get(asked));
    }

    /** @param mark that the line bears */
    void add(AskedQuestion asked, Answer answer, double seconds, String mark) {
        int[] tokens = withStop(answer);
        Question question = asked.question();
        journal.append(json -> {
            begin(json, question.id(), mark);
            json.writeStringField("image", question.image());
            json.writeStringField("picture_sha256", asked.picture());
            json.writeStringField("question", question.text());
            json.writeFieldName("choices");
            json.writeArray(
                    question.choices().toArray(String[]::new),
                    0,
                    question.choices().size());
            json.writeStringField("answer", answer.text());
            json.writeFieldName("answer_tokens");
            json.writeArray(tokens, 0, tokens.length);
            json.writeNumberField("seconds", seconds);
            json.writeEndObject();
        });
        answers.put(asked, new GivenAnswer(asked, answer.text(), tokens));
    }

    private static void begin(JsonGenerator json, long id, String mark) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", id);
        json.writeStringField("settings", mark);
    }

    /** The published files keep the token that ended an answer. */
    private static int[] withStop(Answer answer) {
        int[] tokens = answer.tokens();
        if (answer.stop().isEmpty()) {
            return tokens;
        }
        int[] all = Arrays.copyOf(tokens, tokens.length + 1);
        all[tokens.length] = answer.stop().getAsInt();
        return all;
    }

    /** @param mark that the line bears */
    void addFailure(long id, String message, String mark) {
        journal.append(json -> {
            begin(json, id, mark);
            json.writeStringField("failed", message);
            json.writeEndObject();
        });
    }

    @Override
    public void close() {
        journal.close();
    }
}
