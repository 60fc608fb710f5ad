package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import sightline.error.InputException;

/** Reads files of answers: those that {@code answer} and the published scripts write, and the correct ones among them. */
public final class Answers {
    private static final Set<String> KNOWN =
            Set.of("answer", "answer_tokens", "gt_answer", "question", "q_type", "choices", "anls_score");

    private Answers() {}

    /**
     * Hands over one entry after the other, in the order of the file.
     *
     * @return the entries that could not be used
     * @throws InputException if the file cannot be read, is not such a file, gives an id twice, or has no usable entry
     */
    public static List<Skip> read(Dataset dataset, Path file, Consumer<AnswerEntry> consumer) {
        List<Skip> skipped = new ArrayList<>();
        Ids ids = new Ids();
        Texts texts = new Texts();
        List<Long> used = new ArrayList<>(1);
        JsonEntries.visit(file, "", (index, json) -> {
            AnswerEntry entry;
            try {
                entry = entry(dataset, Entry.of(file.toString(), index, "", json), ids, texts);
            } catch (Entry.Unusable e) {
                skipped.add(e.skip());
                return;
            }
            if (used.isEmpty()) {
                used.add(entry.id());
            }
            consumer.accept(entry);
        });
        OfficialDataset.requireAny(file, used, skipped);
        return skipped;
    }

    /** Whether a file has no answer at all: so {@code score} writes it when none is right. */
    public static boolean none(Path file) {
        return JsonEntries.beginsEmpty(file);
    }

    private static AnswerEntry entry(Dataset dataset, Entry entry, Ids ids, Texts texts) throws Entry.Unusable {
        long id = entry.id(dataset.idField());
        ids.add(entry, dataset.idField(), id);
        DatasetForm form = dataset.form();
        List<GroundTruth> truths = form.truths(entry, texts);
        String answer = entry.text("answer");
        int[] tokens = entry.tokens("answer_tokens");
        String text = entry.text("question");
        List<String> categories = form.answerCategories(entry);
        Question question = new Question(dataset, id, "", text, form.answerChoices(entry), categories);
        return new AnswerEntry(
                question, answer, tokens, truths, form.score(entry), others(dataset, entry.json()), entry.index());
    }

    private static Map<String, JsonNode> others(Dataset dataset, JsonNode json) {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        json.properties().forEach(field -> {
            String name = field.getKey();
            boolean known = name.equals(dataset.idField()) || KNOWN.contains(name);
            if (!known) {
                others.put(name, field.getValue());
            }
        });
        return others;
    }
}
