package sightline.selection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import sightline.dataset.AnswerEntry;
import sightline.dataset.Answers;
import sightline.dataset.CorrectEntry;
import sightline.dataset.Dataset;
import sightline.dataset.EntryWriter;
import sightline.dataset.OfficialQuestion;
import sightline.dataset.OfficialQuestions;
import sightline.dataset.Skip;
import sightline.error.InputException;
import sightline.files.OwnFiles;

/**
 * From correct answers to the questions that are traced, with the published file names and forms: the answers joined with
 * their questions, their ids by category, the ids drawn, and the entries drawn. DocVQA is not sampled: all answers that are
 * right to the letter are traced.
 */
public final class Selection {
    /** The row of all questions. */
    public static final String ALL = "all";

    /** How many of each category the published study takes. */
    public static final int PUBLISHED_PER_CATEGORY = 1000;

    /** The published study's seed. */
    public static final long PUBLISHED_SEED = 42;

    /** DocVQA: what counts as right for tracing, of the score as written. */
    private static final double FULL_SCORE = 1.0;

    private final Dataset dataset;
    private final OfficialQuestions official;
    private final Path correct;
    private final Map<Long, OfficialQuestion> samples = new HashMap<>();
    private final Map<String, List<Long>> ids = new LinkedHashMap<>();
    private final Map<String, long[]> tokens = new HashMap<>();
    private final List<Skip> skipped = new ArrayList<>();
    private int belowFull;
    private int used;

    private Selection(Dataset dataset, Path correct, OfficialQuestions official) {
        this.dataset = dataset;
        this.correct = correct;
        this.official = official;
        skipped.addAll(official.skipped());
        official.samples().forEach(sample -> samples.put(sample.id(), sample));
    }

    /**
     * Selects and writes.
     *
     * @param correct what scoring kept
     * @param official the questions
     * @param perCategory how many of each category; nothing for DocVQA
     * @param seed of the drawing; nothing for DocVQA
     * @param out the folder for the files; made if it is not there. What an earlier selection wrote there is replaced
     * @param strict whether an entry that cannot be used is an error
     * @throws InputException if a file cannot be read or written, or no entry can be used
     */
    public static SelectionReport select(
            Dataset dataset,
            Path correct,
            OfficialQuestions official,
            int perCategory,
            long seed,
            Path out,
            boolean strict) {
        SelectionFiles files = SelectionFiles.in(out, dataset);
        files.requireOther(correct);
        Selection selection = new Selection(dataset, correct, official);
        try (OwnFiles own = OwnFiles.in(out)) {
            files.written().forEach(own::requireOwn); // before the first of them is written
            selection.join(files.correct(), own, strict);
            EntryWriter.writeValue(files.ids(), own, SelectionFiles.json(selection.ids));
            if (!dataset.sampled()) {
                return selection.report(selection.ids, perCategory, files);
            }
            Map<String, List<Long>> drawn =
                    CategorySampling.draw(dataset.categories(), selection.ids, perCategory, seed);
            EntryWriter.writeValue(files.idsFiltered(), own, SelectionFiles.json(drawn));
            selection.filter(drawn, files.filtered(), own);
            return selection.report(drawn, perCategory, files);
        }
    }

    /**
     * Refuses a folder in which a file that is not ours has the name of one of the selection's; changes nothing.
     *
     * @throws InputException that names it
     */
    public static void requireUsable(Dataset dataset, Path out) {
        try (OwnFiles own = OwnFiles.in(out)) {
            new SelectionFiles(out, dataset).written().forEach(own::requireOwn);
        }
    }

    /**
     * Whether anything can be selected of what scoring kept.
     *
     * @param correct the file that it wrote
     */
    public static boolean hasRight(Dataset dataset, Path correct) {
        if (Answers.none(correct)) {
            return false;
        }
        AtomicBoolean any = new AtomicBoolean(dataset.sampled());
        if (!dataset.sampled()) {
            Answers.read(dataset, correct, answer -> {
                if (answer.anlsScore().orElse(0) >= FULL_SCORE) {
                    any.set(true);
                }
            });
        }
        return any.get();
    }

    private void join(Path target, OwnFiles own, boolean strict) {
        if (Answers.none(correct)) {
            throw nothingRight("");
        }
        try (EntryWriter writer = EntryWriter.begin(target, own)) {
            skipped.addAll(Answers.read(dataset, correct, answer -> {
                if (usable(answer)) {
                    OfficialQuestion sample = samples.get(answer.id());
                    CorrectEntry entry = new CorrectEntry(answer, sample);
                    used++;
                    count(ALL, entry);
                    for (String category : sample.categories()) {
                        ids.computeIfAbsent(category, name -> new ArrayList<>()).add(answer.id());
                        count(category, entry);
                    }
                    writer.write(entry.json());
                }
            }));
            if (strict) {
                OfficialQuestions.requireNone(skipped);
            }
            if (used == 0 && belowFull > 0) {
                throw nothingRight(": " + belowFull + " score below 1");
            }
            if (used == 0) {
                throw new InputException(
                        correct.toString(),
                        "has no answer that could be selected; " + skipped.size() + " entries were skipped, the last: "
                                + skipped.get(skipped.size() - 1),
                        "correct answers to questions of the annotations",
                        "Check that both files are of the same dataset and split");
            }
            writer.finish();
        }
    }

    private InputException nothingRight(String why) {
        return new InputException(
                correct.toString(),
                "holds no right answer, so there is nothing to trace" + why,
                "at least one",
                "Ask more questions, or another model");
    }

    private boolean usable(AnswerEntry answer) {
        if (!dataset.sampled()) {
            if (answer.anlsScore().isEmpty()) {
                skipped.add(skip(answer, "anls_score", "anls_score missing: the file was not written by score"));
                return false;
            }
            if (answer.anlsScore().getAsDouble() < FULL_SCORE) {
                belowFull++;
                return false;
            }
        }
        if (!samples.containsKey(answer.id())) {
            skipped.add(skip(answer, dataset.idField(), "no usable question with this id: " + answer.id()));
            return false;
        }
        return true;
    }

    private Skip skip(AnswerEntry answer, String field, String problem) {
        return new Skip(correct.toString(), answer.entry(), field, problem);
    }

    private void count(String category, CorrectEntry correct) {
        long[] sum = tokens.computeIfAbsent(category, name -> new long[2]);
        sum[0] += correct.tokens().length;
        sum[1]++;
    }

    private void filter(Map<String, List<Long>> drawn, Path target, OwnFiles own) {
        Set<Long> chosen = new HashSet<>();
        drawn.values().forEach(chosen::addAll);
        try (EntryWriter writer = EntryWriter.begin(target, own)) {
            Answers.read(dataset, correct, answer -> {
                if (chosen.contains(answer.id())) {
                    writer.write(new CorrectEntry(answer, samples.get(answer.id())).json());
                }
            });
            writer.finish();
        }
    }

    private SelectionReport report(Map<String, List<Long>> drawn, int perCategory, SelectionFiles files) {
        Map<String, Integer> totals = new LinkedHashMap<>();
        dataset.categories().forEach(category -> totals.put(category, 0));
        official.samples()
                .forEach(sample -> sample.categories().forEach(category -> totals.merge(category, 1, Integer::sum)));
        List<CategoryCount> rows = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        totals.forEach((category, total) -> {
            int selected = drawn.getOrDefault(category, List.of()).size();
            rows.add(new CategoryCount(category, total, correct(category), selected, meanTokens(category)));
            if (dataset.sampled() && selected < perCategory) {
                remarks.add(category + " has " + selected + " correct answers, fewer than the " + perCategory
                        + " asked for: all are taken");
            }
        });
        Set<Long> chosen = new HashSet<>();
        drawn.values().forEach(chosen::addAll);
        rows.add(new CategoryCount(ALL, official.samples().size(), used, chosen.size(), meanTokens(ALL)));
        if (belowFull > 0) {
            remarks.add(belowFull + " correct answers score below 1 and are left out, as in the published study");
        }
        return new SelectionReport(rows, skipped, remarks, files.written(), files.toTrace());
    }

    private int correct(String category) {
        return ids.getOrDefault(category, List.of()).size();
    }

    private OptionalDouble meanTokens(String category) {
        long[] sum = tokens.get(category);
        return sum == null ? OptionalDouble.empty() : OptionalDouble.of((double) sum[0] / sum[1]);
    }
}
