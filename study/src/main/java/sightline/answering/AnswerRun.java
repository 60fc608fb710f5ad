package sightline.answering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import sightline.dataset.AnswerEntry;
import sightline.dataset.EntryWriter;
import sightline.dataset.OfficialQuestion;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.OwnFiles;
import sightline.files.SettingsFile;
import sightline.files.WholeFile;
import sightline.files.WorkLock;
import sightline.model.Answer;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;

/**
 * Has a model answer a dataset's questions, or goes on where a call before was stopped or killed. Questions about one
 * picture share its vision pass; the file of answers keeps the dataset's order.
 */
public final class AnswerRun implements AutoCloseable {
    /** Of {@code manifest.json}; 2 since its lines tell their settings and pictures their content. */
    private static final int FORMAT = 2;

    private static final double NANOSECONDS = 1e9;

    /** What no answer depends on. */
    private static final Set<String> FREE = Set.of("/model/path");

    private final AnswerPlan plan;
    private final List<OfficialQuestion> samples;
    private final WorkLock lock;
    private final AnswerJournal journal;
    private final WeightsSeal seal;
    private final Map<String, String> pictures;
    private final List<List<OfficialQuestion>> open;
    private final int before;
    private final Map<Long, String> failed = new LinkedHashMap<>();
    private int answered;
    private boolean stopped;

    private AnswerRun(
            AnswerPlan plan, List<OfficialQuestion> samples, WorkLock lock, AnswerJournal journal, WeightsSeal seal) {
        this.plan = plan;
        this.samples = List.copyOf(samples);
        this.lock = lock;
        this.journal = journal;
        this.seal = seal;
        this.pictures = PictureHashes.of(
                plan.images(), samples.stream().map(OfficialQuestion::image).toList());
        Map<String, List<OfficialQuestion>> byPicture = new LinkedHashMap<>();
        for (OfficialQuestion sample : samples) {
            if (journal.answer(asked(sample)).isEmpty()) {
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
     * @param checkpoint the plan's
     * @throws InputException if another process writes these answers, or they were begun under other settings; if the
     *     checkpoint or a folder cannot be used; if there is a file of answers that was not made so, or would lose some
     */
    public static AnswerRun open(AnswerPlan plan, List<OfficialQuestion> samples, StudyCheckpoint checkpoint) {
        requireOurs(plan, samples);
        checkpoint.requireFor(plan.model(), plan.loading());
        Path manifest = plan.work().resolve("manifest.json");
        Path lines = plan.work().resolve("answers.jsonl");
        ObjectNode now = manifest(plan, checkpoint);
        Folders.make(plan.work());
        Path lockFile = plan.work().resolve("run.lock");
        WorkLock lock = WorkLock.tryTake(lockFile)
                .orElseThrow(() -> new InputException(
                        plan.out().toString(),
                        "another process is answering into this file",
                        "one process for each file",
                        "Wait for it, or choose another --out"));
        try {
            WeightsSeal seal = new WeightsSeal(checkpoint.weights(), manifest, lockFile, FORMAT, FREE);
            SettingsFile.requireNoneWithout(manifest, List.of(lines));
            SettingsFile.beginOrCompare(
                    manifest, now, Set.of("/model/path", WeightsSeal.WEIGHTS), ManifestParts::fieldName);
            seal.compareIfKnown();
            String mark = SettingsFile.mark(SettingsFile.read(manifest, FORMAT), FREE);
            return new AnswerRun(plan, samples, lock, AnswerJournal.open(lines, plan.dataset(), mark), seal);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static void requireOurs(AnswerPlan plan, List<OfficialQuestion> samples) {
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

    private static ObjectNode manifest(AnswerPlan plan, StudyCheckpoint checkpoint) {
        ObjectNode json = ManifestParts.begin(FORMAT);
        json.put("dataset", plan.dataset().toString());
        ManifestParts.putModel(json, checkpoint);
        ObjectNode settings = json.putObject("settings")
                .put("answer_rows", plan.rows().toString())
                .put("max_new_tokens", plan.decoding().maxNewTokens())
                .put("sample_temperature", plan.decoding().temperature())
                .put("top_p", plan.decoding().topP())
                .put("seed", plan.decoding().seed())
                .put("choice_seed", plan.choiceSeed());
        ManifestParts.putLoading(settings, checkpoint, plan.dataset());
        return json;
    }

    private AnswerJournal.AskedQuestion asked(OfficialQuestion sample) {
        return new AnswerJournal.AskedQuestion(
                sample.question().withChoices(plan.choices(sample)).withoutCategories(), pictures.get(sample.image()));
    }

    /** How many questions are still to be answered. */
    public int remaining() {
        return samples.size() - before - answered - failed.size();
    }

    /**
     * Answers what is open. A question that cannot be asked is noted and left for a later call; every answer is on the
     * disk before its worker begins the next.
     *
     * @param models of the plan's checkpoint, loaded as the plan says, each on a device of its own
     * @param progress hears of each question
     * @param stop asked before each question whether to end here
     */
    public void answer(List<VisionLanguageModel> models, Progress progress, BooleanSupplier stop) {
        models.forEach(seal::requireLoaded);
        List<String> order =
                open.stream().map(picture -> picture.get(0).image()).toList();
        try (SamplePictures seen = SamplePictures.of(models, plan.images(), pictures, order)) {
            stopped = SideBySide.run(models, open, model -> new AnsweringWorker(model, seen), progress, stop);
        }
    }

    /**
     * Has others answer what is open. What they had in hand when they failed or were stopped is left for a later call.
     *
     * @param checkpoint the plan's; here it is hashed but not loaded
     * @param progress hears of each question
     * @param stop asked again and again whether to end here
     * @throws InputException if one of the crew cannot do it
     */
    public void answer(Crew crew, StudyCheckpoint checkpoint, Progress progress, BooleanSupplier stop) {
        seal.mark(); // so that weights are compared before anything is sent
        Map<Long, OfficialQuestion> byId = new HashMap<>();
        List<List<String>> sent = new ArrayList<>();
        for (List<OfficialQuestion> picture : open) {
            picture.forEach(sample -> byId.put(sample.id(), sample));
            sent.add(picture.stream()
                    .map(sample -> AnswerJob.sample(sample, pictures.get(sample.image())))
                    .toList());
        }
        int all = byId.size();
        stopped = crew.work(
                AnswerJob.job(plan, checkpoint),
                sent,
                text -> {
                    AnswerJob.Result result = AnswerJob.result(text);
                    OfficialQuestion sample = byId.remove(result.id());
                    result.answer()
                            .ifPresentOrElse(
                                    answer -> keep(sample, answer, result.seconds()),
                                    () -> keepFailure(sample, result.failure()));
                    progress.done(all - byId.size(), all);
                },
                stop);
    }

    private void keep(OfficialQuestion sample, Answer answer, double seconds) {
        journal.add(asked(sample), answer, seconds, seal.mark());
        answered++;
    }

    private void keepFailure(OfficialQuestion sample, String failure) {
        journal.addFailure(sample.id(), failure, seal.mark());
        failed.put(sample.id(), failure);
    }

    /** One worker's way with a question. */
    private final class AnsweringWorker implements SideBySide.Worker<OfficialQuestion> {
        private final QuestionAnswerer answerer;

        AnsweringWorker(VisionLanguageModel model, SamplePictures seen) {
            answerer = new QuestionAnswerer(model, plan, seen);
        }

        @Override
        public Runnable work(OfficialQuestion sample) {
            long begin = System.nanoTime();
            try {
                Answer answer = answerer.answer(sample);
                double seconds = (System.nanoTime() - begin) / NANOSECONDS;
                return () -> keep(sample, answer, seconds);
            } catch (InputException e) {
                return () -> keepFailure(sample, e.getMessage());
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
            seal.mark(); // also answers that were there before are told of these weights alone
            try (OwnFiles own = KeptAnswers.list(plan);
                    EntryWriter writer = EntryWriter.begin(plan.out(), own)) {
                for (OfficialQuestion sample : samples) {
                    journal.answer(asked(sample))
                            .ifPresent(given -> writer.write(AnswerEntry.of(
                                    sample, given.asked().question().choices(), given.text(), given.tokens())));
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
