package sightline.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;
import sightline.answering.JobTools;
import sightline.error.InputException;

/**
 * What an executor does with a partition: the samples of a picture. Made of texts and a number alone, so that another version,
 * too, can read it and say that it is another.
 */
final class ExecutorTask extends AbstractFunction1<Iterator<String>, TaskResult> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String job;
    private final Version driver;

    ExecutorTask(String job, Version driver) {
        this.job = job;
        this.driver = driver;
    }

    @Override
    public TaskResult apply(Iterator<String> pictures) {
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        Version here = Version.here();
        if (!here.equals(driver)) {
            return impossible(host, "is " + here + ". Expected " + driver + ", as where the command was given");
        }
        try {
            LoadedJob loaded = LoadedJob.of(job, TaskContext.get().resourcesJMap());
            List<String> results = new ArrayList<>();
            while (pictures.hasNext()) {
                results.addAll(loaded.work(List.of(JobTools.read(pictures.next(), String[].class))));
            }
            return new TaskResult(host, results.toArray(String[]::new), "");
        } catch (InputException e) { // no repetition mends it; what is wrong with one sample is in its result
            return impossible(host, e.getMessage());
        } catch (OutOfMemoryError e) { // left to Spark it would end the process without a word
            return impossible(
                    host,
                    "is out of memory: " + e.getMessage() + ". Give executors more, or fewer cores: "
                            + "spark.executor.memory, spark.executor.cores (docs/cluster.md)");
        } catch (LinkageError e) { // the next attempt would fail with less to tell
            Throwable first = e.getCause() == null ? e : e.getCause();
            return impossible(
                    host,
                    "lacks a library: " + first.toString().lines().findFirst().orElse(""));
        }
    }

    private static TaskResult impossible(String host, String problem) {
        return new TaskResult(host, new String[0], problem);
    }
}
