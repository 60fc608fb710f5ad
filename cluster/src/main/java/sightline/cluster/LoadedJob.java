package sightline.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.spark.resource.ResourceInformation;
import sightline.answering.AnswerJob;
import sightline.answering.Job;
import sightline.answering.JobTools;
import sightline.answering.StudyCheckpoint;
import sightline.error.InputException;
import sightline.model.VisionLanguageModel;
import sightline.run.TraceJob;
import sightline.tensor.ComputeDevice;
import sightline.tensor.OneThread;

/**
 * A job with its model, loaded once in a process for each device and used by all its tasks. Spark may begin more of them at once
 * than the model takes; the others wait.
 */
final class LoadedJob implements AutoCloseable {
    private static final Map<Key, LoadedJob> LOADED = new HashMap<>();

    private final StudyCheckpoint checkpoint;
    private final JobTools tools;
    private final int most;
    private final Semaphore places;
    private boolean closed;

    private record Key(String job, ComputeDevice device) {}

    private LoadedJob(Job job, ComputeDevice device) {
        checkpoint = job.model().load(device);
        try {
            VisionLanguageModel model = checkpoint.models().get(0);
            tools = switch (job.step()) {
                case ANSWER -> new AnswerJob(job.task(), model);
                case TRACE -> new TraceJob(job.task(), model);
            };
            most = JobTools.atOnce(model);
            places = new Semaphore(most, true);
        } catch (RuntimeException | Error e) {
            checkpoint.close();
            throw e;
        }
    }

    /**
     * The job, on the device that Spark has given to the task. The first task loads it, and others wait.
     *
     * @throws InputException if it cannot be loaded here
     */
    static synchronized LoadedJob of(String text, Map<String, ResourceInformation> resources) {
        Job job = JobTools.read(text, Job.class);
        return LOADED.computeIfAbsent(
                new Key(text, device(job.model().kind(), resources.get("gpu"))),
                key -> new LoadedJob(job, key.device()));
    }

    private static ComputeDevice device(ComputeDevice.Kind kind, ResourceInformation cards) {
        if (kind == ComputeDevice.Kind.CPU) {
            return ComputeDevice.CPU;
        }
        if (cards == null || cards.addresses().length == 0) {
            throw new InputException(
                    "the executor",
                    "was given no graphics card",
                    "one for each task",
                    "Set spark.executor.resource.gpu.amount and spark.task.resource.gpu.amount (docs/cluster.md)");
        }
        return ComputeDevice.named("cuda:" + cards.addresses()[0])
                .orElseThrow(() -> new InputException(
                        "the executor",
                        "was given the card '" + cards.addresses()[0] + "'",
                        "its number, from 0",
                        "Use the discovery script scripts/spark-cards (docs/cluster.md)"));
    }

    List<String> work(List<String> samples) {
        places.acquireUninterruptibly();
        try {
            if (closed) {
                throw new IllegalStateException("the job has ended");
            }
            return most > 1 ? onOneCore(samples) : tools.work(samples);
        } finally {
            places.release();
        }
    }

    private List<String> onOneCore(List<String> samples) {
        try (OneThread thread = OneThread.open()) {
            return tools.work(samples);
        }
    }

    /** Closes all, once the tasks in hand have ended: Spark does not wait for those of a job that was cancelled. */
    static synchronized void closeAll() {
        LOADED.values().forEach(LoadedJob::close);
        LOADED.clear();
    }

    @Override
    public void close() {
        places.acquireUninterruptibly(most);
        try {
            closed = true; // for those that still wait for a place
            tools.close();
            checkpoint.close();
        } finally {
            places.release(most);
        }
    }
}
