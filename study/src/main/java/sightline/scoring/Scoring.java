package sightline.scoring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import sightline.dataset.AnswerEntry;
import sightline.dataset.Answers;
import sightline.dataset.Dataset;
import sightline.dataset.EntryWriter;
import sightline.dataset.OfficialQuestions;
import sightline.dataset.Skip;
import sightline.error.InputException;
import sightline.files.OwnFiles;
import sightline.files.StrictJson;

/** Scores a file of answers and writes the correct ones; one answer in memory at a time. */
public final class Scoring {
    /** The row of all answers. */
    public static final String ALL = "all";

    private final Dataset dataset;
    private final Scorer scorer;
    private final Map<Long, List<String>> categories;
    private final Map<String, CategoryScore.Sum> sums = new LinkedHashMap<>();
    private final List<ScoreReport.Unscored> unscored = new ArrayList<>();
    private final List<Long> unknown = new ArrayList<>();

    private Scoring(Dataset dataset, ScoringRules metric, Map<Long, List<String>> categories) {
        this.dataset = dataset;
        this.scorer = new Scorer(metric);
        this.categories = categories;
    }

    /**
     * Scores all answers.
     *
     * @param answers a file of answers, ours or published
     * @param metric which scores; what is kept follows the published study where that is among them
     * @param categories of the questions by id, where they are known; Visual7W's answers name theirs
     * @param correct is written: the entries kept, in the published form
     * @param scores is written: a list of {@code {"id", "paper", "kept", "official", "official-2016"}}, null
     *     where there is no score
     * @param strict whether an entry that cannot be read is an error
     * @throws InputException if the dataset has no such metric, or a file cannot be read or written
     */
    public static ScoreReport score(
            Dataset dataset,
            Path answers,
            ScoringRules metric,
            Map<Long, List<String>> categories,
            Path correct,
            Optional<Path> scores,
            boolean strict) {
        return score(dataset, answers, metric, categories, correct, scores, strict, Optional.empty());
    }

    /**
     * The same where both files lie in a folder with a list.
     *
     * @param own gets the files; one that is there and not in it is not overwritten
     */
    public static ScoreReport score(
            Dataset dataset,
            Path answers,
            ScoringRules metric,
            Map<Long, List<String>> categories,
            Path correct,
            Optional<Path> scores,
            boolean strict,
            Optional<OwnFiles> own) {
        metric.requireFor(dataset);
        requireOther(answers, correct);
        scores.ifPresent(file -> {
            requireOther(answers, file);
            requireTwo(correct, file);
        });
        Scoring scoring = new Scoring(dataset, metric, categories);
        try (EntryWriter kept = begin(correct, own);
                OptionalWriter each = new OptionalWriter(scores.map(file -> begin(file, own)))) {
            List<Skip> skipped = Answers.read(dataset, answers, answer -> {
                AnswerScore score = scoring.scorer.score(answer);
                scoring.add(answer, score);
                if (score.kept().orElse(false)) {
                    kept.write(scoring.scorer.kept(answer, score));
                }
                each.write(answer.id(), score);
            });
            if (strict) {
                OfficialQuestions.requireNone(skipped);
            }
            kept.finish();
            each.finish();
            return new ScoreReport(scoring.rows(), skipped, scoring.unscored, scoring.unknown);
        }
    }

    private static EntryWriter begin(Path file, Optional<OwnFiles> own) {
        return own.map(list -> EntryWriter.begin(file, list)).orElseGet(() -> EntryWriter.begin(file));
    }

    private static void requireOther(Path answers, Path out) {
        try {
            if (Files.exists(out) && Files.exists(answers) && Files.isSameFile(answers, out)) {
                throw new InputException(
                        out.toString(), "is the file of answers itself", "another file", "Choose another name");
            }
        } catch (IOException e) {
            throw unseen(out, e);
        }
    }

    /** Neither need be there yet. */
    private static void requireTwo(Path correct, Path scores) {
        try {
            boolean same = correct.toAbsolutePath()
                            .normalize()
                            .equals(scores.toAbsolutePath().normalize())
                    || (Files.exists(correct) && Files.exists(scores) && Files.isSameFile(correct, scores));
            if (same) {
                throw new InputException(
                        scores.toString(),
                        "is the file of the correct answers too",
                        "a file of their own for the scores",
                        "Choose another name for one of the two");
            }
        } catch (IOException e) {
            throw unseen(scores, e);
        }
    }

    private static InputException unseen(Path file, IOException e) {
        return new InputException(
                file.toString(), "cannot be looked at: " + StrictJson.reason(e), "", "Check its permissions", e);
    }

    private void add(AnswerEntry answer, AnswerScore score) {
        if (!score.problem().isEmpty()) {
            unscored.add(new ScoreReport.Unscored(answer.id(), score.problem()));
        }
        if (!categories.isEmpty() && !categories.containsKey(answer.id())) {
            unknown.add(answer.id());
        }
        for (String category :
                categories.getOrDefault(answer.id(), answer.question().categories())) {
            sum(category).add(score);
        }
        sum(ALL).add(score);
    }

    private CategoryScore.Sum sum(String category) {
        return sums.computeIfAbsent(category, name -> new CategoryScore.Sum());
    }

    private List<CategoryScore> rows() {
        List<String> names = new ArrayList<>(dataset.categories());
        sums.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
        names.remove(ALL);
        names.add(ALL);
        return names.stream()
                .filter(sums::containsKey)
                .map(name -> sums.get(name).of(name))
                .toList();
    }

    /** The file of all scores, if it is asked for. */
    private static final class OptionalWriter implements AutoCloseable {
        private final Optional<EntryWriter> writer;

        OptionalWriter(Optional<EntryWriter> writer) {
            this.writer = writer;
        }

        void write(long id, AnswerScore score) {
            writer.ifPresent(entries -> entries.write(json(id, score)));
        }

        private static ObjectNode json(long id, AnswerScore score) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("id", id);
            json.put(ScoringRules.PAPER.toString(), boxed(score.paper()));
            json.put("kept", score.kept().orElse(null));
            json.put(ScoringRules.OFFICIAL.toString(), boxed(score.official()));
            json.put(ScoringRules.OFFICIAL_2016.toString(), boxed(score.official2016()));
            return json;
        }

        private static Double boxed(OptionalDouble score) {
            return score.isPresent() ? (Double) score.getAsDouble() : null;
        }

        void finish() {
            writer.ifPresent(EntryWriter::finish);
        }

        @Override
        public void close() {
            writer.ifPresent(EntryWriter::close);
        }
    }
}
