package sightline.answering;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import sightline.checkpoint.Checkpoint;
import sightline.dataset.AnswerEntry;
import sightline.dataset.EntryWriter;
import sightline.dataset.Sample;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.OwnFiles;
import sightline.files.SettingsFile;
import sightline.files.WholeFile;
import sightline.files.WorkLock;
import sightline.model.Answer;
import sightline.model.Mllama;
import sightline.model.Progress;

/**
 * Has a model answer a dataset's questions, or goes on where a call before was stopped or killed. Questions about one
 * picture share its vision pass; the file of answers keeps the dataset's order.
 */
public final class AnswerRun implements AutoCloseable {
    private static final double NANOSECONDS = 1e9;

    private final AnswerPlan plan;
    private final List<Sample> samples;
    private final WorkLock lock;
    private final AnswerJournal journal;
    private final List<List<Sample>> open;
    private final int before;
    private final Map<Long, String> failed = new LinkedHashMap<>();
    private int answered;
    private boolean stopped;

    private AnswerRun(AnswerPlan plan, List<Sample> samples, WorkLock lock, AnswerJournal journal) {
        this.plan = plan;
        this.samples = List.copyOf(samples);
        this.lock = lock;
        this.journal = journal;
        Map<String, List<Sample>> byPicture = new LinkedHashMap<>();
        for (Sample sample : samples) {
            if (journal.answer(sample.id(), asked(sample)).isEmpty()) {
                byPicture
                        .computeIfAbsent(sample.image(), image -> new ArrayList<>())
                        .add(sample);
            }
        }
        open = List.copyOf(byPicture.values());
        before = samples.size() - open.stream().mapToInt(List::size).sum();
    }

    /**
     * Begins or goes on. Needs no model yet, so that what cannot be done is told at once.
     *
     * @param samples the questions, in the order of the file of answers
     * @throws InputException if another process writes these answers, or they were begun under other settings; if the
     *     checkpoint or a folder cannot be used; if there is a file of answers that was not made so, or would lose some
     */
    public static AnswerRun open(AnswerPlan plan, List<Sample> samples) {
        ObjectNode settings = settings(plan);
        requireOurs(plan, samples);
        Folders.make(plan.work());
        WorkLock lock = WorkLock.tryTake(plan.work().resolve("run.lock"))
                .orElseThrow(() -> new InputException(
                        plan.out().toString(),
                        "another process is answering into this file",
                        "one process for each file",
                        "Wait for it, or choose another --out"));
        try {
            SettingsFile.beginOrCompare(
                    plan.work().resolve("manifest.json"), settings, Set.of("/model/path"), AnswerRun::wording);
            return new AnswerRun(
                    plan, samples, lock, AnswerJournal.open(plan.work().resolve("answers.jsonl")));
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static void requireOurs(AnswerPlan plan, List<Sample> samples) {
        if (!Files.exists(plan.out(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        WholeFile.place(plan.out());
        if (!Files.exists(plan.work())) {
            throw new InputException(
                    plan.out().toString(),
                    "exists, and the folder " + plan.work().getFileName() + " that `answer` keeps beside it does not",
                    "a new file, so that nothing is overwritten",
                    "Choose another --out, or move that file away");
        }
        KeptAnswers.require(plan, samples);
    }

    private static ObjectNode settings(AnswerPlan plan) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("format", 1).put("dataset", plan.dataset().toString());
        try (Checkpoint checkpoint = Checkpoint.open(plan.model())) {
            json.putObject("model")
                    .put("path", plan.model().toString())
                    .put("fingerprint", checkpoint.fingerprint())
                    .put("processor", ProcessorFiles.hash(plan.model()));
            json.putObject("settings")
                    .put("answer_rows", plan.rows().toString())
                    .put("max_new_tokens", plan.decoding().maxNewTokens())
                    .put("sample_temperature", plan.decoding().temperature())
                    .put("top_p", plan.decoding().topP())
                    .put("seed", plan.decoding().seed())
                    .put("choice_seed", plan.choiceSeed())
                    .put(
                            "dtype",
                            plan.loading()
                                    .decide(checkpoint.config().parameters())
                                    .toString())
                    .put("device", plan.loading().device().toString())
                    .put("prompt", ProcessorFiles.wording(plan.dataset()));
        }
        return json;
    }

    private static String wording(String field) {
        return switch (field) {
            case "/model/fingerprint" -> "the checkpoint's weights (fingerprint)";
            case "/model/processor" -> "the checkpoint's tokeniser, template or picture settings (sha256)";
            default -> field.substring(field.lastIndexOf('/') + 1);
        };
    }

    private AnswerJournal.Asked asked(Sample sample) {
        return new AnswerJournal.Asked(sample.image(), sample.question(), plan.choices(sample));
    }

    /** How many questions are still to be answered. */
    public int remaining() {
        return samples.size() - before - answered - failed.size();
    }

    /**
     * Answers what is open. A question that cannot be asked is noted and left for a later call; every answer is on the
     * disk before its worker begins the next.
     *
     * @param model of the plan's checkpoint, loaded as the plan says
     * @param progress hears of each question
     * @param stop asked before each question whether to end here
     */
    public void answer(Mllama model, Progress progress, BooleanSupplier stop) {
        stopped = SideBySide.run(model, open, () -> new Answering(model), progress, stop);
    }

    /** One worker's way with a question. */
    private final class Answering implements SideBySide.Worker<Sample> {
        private final QuestionAnswerer answerer;

        Answering(Mllama model) {
            answerer = new QuestionAnswerer(model, plan);
        }

        @Override
        public Runnable work(Sample sample) {
            long begin = System.nanoTime();
            try {
                Answer answer = answerer.answer(sample);
                double seconds = (System.nanoTime() - begin) / NANOSECONDS;
                return () -> {
                    journal.add(sample.id(), asked(sample), answer, seconds);
                    answered++;
                };
            } catch (InputException e) {
                return () -> {
                    failed.put(sample.id(), e.getMessage());
                    journal.addFailure(sample.id(), e.getMessage());
                };
            }
        }

        @Override
        public void close() {
            answerer.close();
        }
    }

    /** Writes the file of answers, unless this was stopped. */
    public AnswerReport finish() {
        if (!stopped) {
            try (OwnFiles own = KeptAnswers.list(plan);
                    EntryWriter writer = EntryWriter.begin(plan.out(), own)) {
                for (Sample sample : samples) {
                    journal.answer(sample.id(), asked(sample))
                            .ifPresent(given -> writer.write(
                                    AnswerEntry.of(sample, given.asked().choices(), given.text(), given.tokens())));
                }
                writer.finish();
            }
        }
        return new AnswerReport(samples.size(), before, answered, Map.copyOf(failed), stopped);
    }

    /** Lets other processes answer into this file. */
    @Override
    public void close() {
        journal.close();
        lock.close();
    }
}
