package sightline.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sightline.answering.Job;
import sightline.answering.JobTools;
import sightline.answering.SamplePictures;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.model.VisionLanguageModel;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Sweep;
import sightline.sweep.Verification;
import sightline.sweep.VerifiedSweep;

/** Tracing in a process other than that of the run: how job, samples and results are written, and the work itself. */
public final class TraceJob implements JobTools {
    private final VisionLanguageModel model;
    private final Task task;
    private final Sweep sweep;

    /**
     * What is the same for all samples.
     *
     * @param samples the file that they are read from, for errors
     * @param images the path of the folder of pictures, which must lead to it on every machine
     */
    record Task(String samples, String images, RunSettings settings) {}

    /**
     * A sample.
     *
     * @param partner the picture that stands in for its own; null if none does
     * @param contents of both pictures, by name
     * @param verify whether it is traced a second time, with the naive sweep
     * @param region where the page says the answer; null if that is not asked for
     */
    record Sample(
            AnsweredQuestion sample,
            String partner,
            Map<String, String> contents,
            boolean verify,
            AnswerRegion region) {}

    /**
     * What came of a sample.
     *
     * @param verified whether it was traced a second time, and found equal
     * @param difference the largest then, relative to the naive sweep's probability
     * @param outcome the fields of its line in the journal
     */
    record Result(long id, boolean verified, double difference, ObjectNode outcome) {}

    /**
     * Tools for a job with a model that was loaded for it.
     *
     * @throws sightline.error.InputException if the pictures are not here
     */
    public TraceJob(String task, VisionLanguageModel model) {
        this.model = model;
        this.task = JobTools.read(task, Task.class);
        SamplePictures.requireFolder(Path.of(this.task.images()));
        this.sweep = this.task.settings().strategy().sweep(model);
    }

    static Job job(RunPlan plan, StudyCheckpoint checkpoint) {
        String images = plan.images().toAbsolutePath().toString();
        String task = JobTools.text(new Task(plan.samples().toString(), images, plan.settings()));
        return new Job(Job.Step.TRACE, Job.Model.of(checkpoint), task);
    }

    /** @param pictures the contents of all, by name */
    static String sample(
            AnsweredQuestion sample,
            Map<String, String> pictures,
            String partner,
            boolean verify,
            AnswerRegion region) {
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put(sample.image(), pictures.get(sample.image()));
        if (partner != null) {
            contents.put(partner, pictures.get(partner));
        }
        return JobTools.text(new Sample(sample, partner, contents, verify, region));
    }

    static Result result(String text) {
        return JobTools.read(text, Result.class);
    }

    @Override
    public List<String> work(List<String> samples) {
        List<Sample> read =
                samples.stream().map(text -> JobTools.read(text, Sample.class)).toList();
        Map<String, String> contents = new LinkedHashMap<>();
        Map<String, String> partners = new HashMap<>();
        Map<Long, AnswerRegion> regions = new HashMap<>();
        Set<String> own = new LinkedHashSet<>();
        for (Sample sample : read) {
            contents.putAll(sample.contents());
            partners.put(sample.sample().image(), sample.partner());
            regions.put(sample.sample().id(), sample.region());
            own.add(sample.sample().image());
        }
        List<String> results = new ArrayList<>();
        try (SamplePictures seen =
                        SamplePictures.of(List.of(model), Path.of(task.images()), contents, List.copyOf(own));
                SampleTracer tracer = new SampleTracer(
                        model,
                        Path.of(task.samples()),
                        seen,
                        task.settings(),
                        partners::get,
                        picture -> Optional.empty(),
                        regions::get)) {
            for (Sample sample : read) {
                results.add(JobTools.text(result(tracer, sample)));
            }
        }
        return results;
    }

    private Result result(SampleTracer tracer, Sample sample) {
        Verification verification = new Verification(0);
        VerifiedSweep both = new VerifiedSweep(sweep, new NaiveSweep(model), verification, model.dtype());
        SampleOutcome outcome = tracer.outcome(sample.sample(), both.sample(sample.verify()));
        return new Result(
                sample.sample().id(),
                verification.verified() > 0,
                verification.largestDifference(),
                JobTools.object(outcome.fields()));
    }

    @Override
    public void close() {
        sweep.close();
    }
}
