package sightline.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import sightline.error.InputException;

/**
 * Reads what {@code select} and the published scripts write for tracing: {@code filtered_dataset_*.json}, for DocVQA
 * {@code docvqa_dataset_correct_answers.json}.
 */
public final class FilteredDataset {
    /** The end and padding tokens of Llama 3.2-Vision's tokeniser, as they are in the published files. */
    public static final Set<Integer> PUBLISHED_ENDS = Set.of(128001, 128004, 128008, 128009);

    private final Dataset dataset;
    private final Set<Integer> ends;
    private final Ids ids = new Ids();
    private final List<AnsweredQuestion> questions = new ArrayList<>();
    private final List<Skip> skipped = new ArrayList<>();
    private int shuffled;

    private FilteredDataset(Dataset dataset, Set<Integer> ends) {
        this.dataset = dataset;
        this.ends = ends;
    }

    /**
     * Reads all entries.
     *
     * @param ends the end and padding tokens, which are stripped from the end of the answers
     * @throws InputException if the file cannot be read, is not such a file, gives an id twice, or has no usable entry.
     *     Single faulty entries are skipped
     */
    public static AnsweredQuestions read(Dataset dataset, Path file, Set<Integer> ends) {
        FilteredDataset reading = new FilteredDataset(dataset, Set.copyOf(ends));
        JsonEntries.visit(file, "", (index, json) -> {
            try {
                reading.add(Entry.of(file.toString(), index, "", json));
            } catch (Entry.Unusable e) {
                reading.skipped.add(e.skip());
            }
        });
        OfficialDataset.requireAny(file, reading.questions, reading.skipped);
        return new AnsweredQuestions(reading.questions, reading.skipped, reading.remarks(file));
    }

    private List<String> remarks(Path file) {
        if (shuffled == 0) {
            return List.of();
        }
        return List.of(
                file + ": " + shuffled + " entries lack the field \"choices\", as published files do; their choices"
                        + " are shuffled by their ids, so the model may have seen another order when it answered");
    }

    private void add(Entry entry) throws Entry.Unusable {
        long id = entry.id(dataset.idField());
        ids.add(entry, dataset.idField(), id);
        String question = entry.question();
        String answer = entry.text("answer");
        int[] tokens = withoutEnds(entry.tokens("answer_tokens"), ends);
        if (tokens.length == 0) {
            throw entry.unusable("answer_tokens", "no tokens before the end token, so there is nothing to trace");
        }
        DatasetForm form = dataset.form();
        String image = form.image(entry);
        DatasetForm.ShownChoices choices = form.choices(entry, id);
        shuffled += choices.guessed() ? 1 : 0;
        questions.add(new AnsweredQuestion(
                new Question(dataset, id, image, question, choices.choices(), form.categories(entry)), answer, tokens));
    }

    /** The tokens without those at their end that belong to a set. */
    static int[] withoutEnds(int[] tokens, Set<Integer> ends) {
        int length = tokens.length;
        while (length > 0 && ends.contains(tokens[length - 1])) {
            length--;
        }
        return Arrays.copyOf(tokens, length);
    }
}
