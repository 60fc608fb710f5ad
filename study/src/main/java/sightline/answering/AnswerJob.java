package sightline.answering;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialQuestion;
import sightline.dataset.OfficialQuestion.Place;
import sightline.dataset.Question;
import sightline.error.InputException;
import sightline.knockout.RowReading;
import sightline.model.Answer;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;

/** Answering in a process other than that of the run: how job, questions and answers are written, and the work itself. */
public final class AnswerJob implements JobTools {
    private static final double NANOSECONDS = 1e9;

    private final VisionLanguageModel model;
    private final AnswerPlan plan;

    /** An {@link AnswerPlan}, as far as answers depend on it; the path of the pictures must lead to them on every machine. */
    record Task(Dataset dataset, String images, RowReading rows, Decoding decoding, long choiceSeed) {}

    /** An {@link OfficialQuestion}, as far as its answer depends on it, and the content of its picture. */
    record Sample(Question question, String questionFile, String picture) {}

    /**
     * What came of a question.
     *
     * @param tokens without the stop token
     * @param stop the stop token; null if the model said none
     * @param failure why it cannot be asked; null if it was answered
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Result(long id, int[] tokens, String text, boolean finished, Integer stop, double seconds, String failure) {
        Optional<Answer> answer() {
            OptionalInt said = stop == null ? OptionalInt.empty() : OptionalInt.of(stop);
            return failure == null ? Optional.of(new Answer(tokens, text, finished, said)) : Optional.empty();
        }
    }

    /**
     * Tools for a job with a model that was loaded for it.
     *
     * @throws InputException if the pictures are not here
     */
    public AnswerJob(String task, VisionLanguageModel model) {
        this.model = model;
        Task read = JobTools.read(task, Task.class);
        SamplePictures.requireFolder(Path.of(read.images()));
        Path none = Path.of(""); // the file of answers is written where the run is
        this.plan = new AnswerPlan(
                read.dataset(),
                none,
                Path.of(read.images()),
                model.folder(),
                LoadOptions.defaults(),
                read.rows(),
                read.decoding(),
                read.choiceSeed());
    }

    static Job job(AnswerPlan plan, StudyCheckpoint checkpoint) {
        String images = plan.images().toAbsolutePath().toString();
        Task task = new Task(plan.dataset(), images, plan.rows(), plan.decoding(), plan.choiceSeed());
        return new Job(Job.Step.ANSWER, Job.Model.of(checkpoint), JobTools.text(task));
    }

    static String sample(OfficialQuestion question, String picture) {
        return JobTools.text(new Sample(question.question(), question.questionFile(), picture));
    }

    static Result result(String text) {
        return JobTools.read(text, Result.class);
    }

    @Override
    public List<String> work(List<String> samples) {
        List<Sample> read =
                samples.stream().map(text -> JobTools.read(text, Sample.class)).toList();
        Map<String, String> contents = new LinkedHashMap<>();
        read.forEach(sample -> contents.put(sample.question().image(), sample.picture()));
        List<String> results = new ArrayList<>();
        try (SamplePictures seen =
                        SamplePictures.of(List.of(model), plan.images(), contents, List.copyOf(contents.keySet()));
                QuestionAnswerer answerer = new QuestionAnswerer(model, plan, seen)) {
            for (Sample sample : read) {
                results.add(JobTools.text(result(answerer, sample)));
            }
        }
        return results;
    }

    private static Result result(QuestionAnswerer answerer, Sample sample) {
        long begin = System.nanoTime();
        Question question = sample.question();
        try {
            Answer answer = answerer.answer(new OfficialQuestion(
                    question, -1, question.image(), List.of(), new Place("", -1, ""), sample.questionFile()));
            double seconds = (System.nanoTime() - begin) / NANOSECONDS;
            Integer stop = answer.stop().isPresent() ? answer.stop().getAsInt() : null;
            return new Result(question.id(), answer.tokens(), answer.text(), answer.finished(), stop, seconds, null);
        } catch (InputException e) {
            return new Result(question.id(), null, null, false, null, 0, e.getMessage());
        }
    }

    @Override
    public void close() {} // keeps nothing from one question to the next
}
