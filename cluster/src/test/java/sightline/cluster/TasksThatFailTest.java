package sightline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import scala.Function1;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.model.LoadOptions;
import sightline.model.Progress;
import sightline.run.Portion;
import sightline.run.RunPlan;
import sightline.run.RunReport;
import sightline.run.RunSettings;
import sightline.run.TraceRun;
import sightline.tensor.DType;

/** What executors may do wrong, in one process. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard against hanging
class TasksThatFailTest {
    private static final int SAMPLES = 6;

    @TempDir
    private Path folder;

    private ClusterFiles files;
    private LoadOptions loading;

    @BeforeEach
    void make() throws Exception {
        files = ClusterFiles.make(folder, SAMPLES);
        loading = LoadOptions.defaults().withDType(DType.FLOAT32);
    }

    /** Fails twice on the second picture. */
    private static final class FailsTwice extends AbstractFunction1<Iterator<String>, TaskResult>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ExecutorTask task;

        FailsTwice(ExecutorTask task) {
            this.task = task;
        }

        @Override
        public TaskResult apply(Iterator<String> pictures) {
            TaskContext context = TaskContext.get();
            if (context.partitionId() == 1 && context.attemptNumber() < 2) {
                throw new IllegalStateException("attempt " + context.attemptNumber());
            }
            return task.apply(pictures);
        }
    }

    /** Throws an error in the middle of its work. */
    private static final class Throws extends AbstractFunction1<Iterator<String>, TaskResult> implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ExecutorTask task;
        private final Error error;

        Throws(ExecutorTask task, Error error) {
            this.task = task;
            this.error = error;
        }

        @Override
        public TaskResult apply(Iterator<String> pictures) {
            return task.apply(new AbstractIterator<>() {
                @Override
                public boolean hasNext() {
                    throw error;
                }

                @Override
                public String next() {
                    return pictures.next();
                }
            });
        }
    }

    private RunReport trace(Function<String, Function1<Iterator<String>, TaskResult>> tasks) {
        RunPlan plan = new RunPlan(
                folder.resolve("run"),
                Dataset.VQAV2,
                files.samples(),
                files.images(),
                files.checkpoint(),
                loading,
                RunSettings.published(),
                Portion.ALL,
                0,
                false);
        SparkConf conf = new SparkConf().setMaster("local[2,4]");
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(files.checkpoint(), loading);
                TraceRun run =
                        TraceRun.open(plan, TraceRun.read(plan, checkpoint).questions(), checkpoint)) {
            run.trace(new SparkCrew(conf, tasks), checkpoint, Progress.NONE, () -> false);
            return run.finish();
        }
    }

    @Test
    void aTaskThatFailsTwiceIsDoneTheThirdTime() throws Exception {
        RunReport report = trace(job -> new FailsTwice(new ExecutorTask(job, Version.here())));
        assertThat(report.traced()).isEqualTo(SAMPLES);
        assertThat(report.failed()).isEmpty();
        assertThat(files.finished("run")).hasSize(SAMPLES);
    }

    @Test
    void anExecutorOfAnotherVersionIsRefusedByName() {
        assertThatThrownBy(() -> trace(job -> new ExecutorTask(job, new Version("0.0.9", "a", 21))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("127.0.0.1: cannot do its part: is Sightline ")
                .hasMessageContaining("Expected Sightline 0.0.9 (its code: a) on Java 21")
                .hasMessageNotContaining("\n");
    }

    @Test
    void anExecutorWithOtherCodeOfThisVersionIsRefused() {
        Version here = Version.here();
        assertThat(here.code()).matches("[0-9a-f]{12}").isEqualTo(CodeHash.here());
        Version other = new Version(here.sightline(), "0123456789ab", here.java());
        assertThatThrownBy(() -> trace(job -> new ExecutorTask(job, other)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is " + here + ". Expected " + other);
    }

    @Test
    void otherWeightsThereAreRefused() {
        assertThatThrownBy(() -> trace(job -> new ExecutorTask(
                        job.replaceFirst("\\\"weights\\\":\\\"[0-9a-f]{8}", "\\\"weights\\\":\\\"00000000"),
                        Version.here())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("127.0.0.1: cannot do its part: ")
                .hasMessageContaining("is another checkpoint there: its hash over all weights is");
    }

    @Test
    void aTaskThatWasGivenNoCardSaysSo() {
        assertThatThrownBy(() -> trace(job ->
                        new ExecutorTask(job.replaceFirst("\"kind\":\"CPU\"", "\"kind\":\"CUDA\""), Version.here())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("127.0.0.1: cannot do its part: the executor: was given no graphics card")
                .hasMessageContaining("spark.task.resource.gpu.amount");
    }

    @Test
    void aFolderOfPicturesThatIsNotThereIsToldWithItsHost() {
        assertThatThrownBy(() ->
                        trace(job -> new ExecutorTask(job.replace("/images\\\"", "/elsewhere\\\""), Version.here())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("127.0.0.1: cannot do its part: ")
                .hasMessageContaining("/elsewhere: is no folder there. Expected the folder of the dataset's pictures");
    }

    @Test
    void aModelThatCannotBeLoadedThereIsToldWithItsHost() {
        assertThatThrownBy(() -> trace(
                        job -> new ExecutorTask(job.replace("tiny10/checkpoint", "tiny10/elsewhere"), Version.here())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("127.0.0.1: cannot do its part: ")
                .hasMessageContaining("tiny10/elsewhere");
    }

    @Test
    void whatIsMissingThereIsToldWithItsHost() {
        Error memory = new OutOfMemoryError("Java heap space");
        assertThatThrownBy(() -> trace(job -> new Throws(new ExecutorTask(job, Version.here()), memory)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "127.0.0.1: cannot do its part: is out of memory: Java heap space. Give executors");
        Error library = new ExceptionInInitializerError(new UnsatisfiedLinkError("libgomp.so.1: no such file"));
        assertThatThrownBy(() -> trace(job -> new Throws(new ExecutorTask(job, Version.here()), library)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lacks a library: java.lang.UnsatisfiedLinkError: libgomp.so.1: no such file");
    }

    @Test
    void aMasterThatThisSparkCannotReachIsRefused() {
        for (String master : List.of("yarn", "k8s://https://127.0.0.1:6443")) {
            assertThatThrownBy(() -> new SparkCrews().of(master))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("'" + master + "', which the Spark of this class path cannot reach")
                    .hasMessageContaining("spark-submit");
        }
        assertThatThrownBy(() -> new SparkCrews().of("local[0]"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("which is no master of Spark's");
    }
}
