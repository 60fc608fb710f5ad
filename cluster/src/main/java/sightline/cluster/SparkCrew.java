package sightline.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.Utils;
import scala.Function1;
import scala.collection.Iterator;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import sightline.answering.Crew;
import sightline.answering.Job;
import sightline.answering.JobTools;
import sightline.error.InputException;

/** The executors of a Spark cluster. Spark starts them, places the tasks, and repeats what fails. */
final class SparkCrew implements Crew {
    /** How often is looked whether the work is to end. */
    private static final Duration LOOK = Duration.apply(100, "ms");

    private final SparkConf conf;

    private final Function<String, Function1<Iterator<String>, TaskResult>> tasks;

    /** @param conf with its master */
    SparkCrew(SparkConf conf) {
        this(conf, job -> new ExecutorTask(job, Version.here()));
    }

    /** The same with other tasks for a job's text. */
    SparkCrew(SparkConf conf, Function<String, Function1<Iterator<String>, TaskResult>> tasks) {
        this.conf = SparkDefaults.in(conf);
        this.tasks = tasks;
    }

    @Override
    public boolean work(Job job, List<List<String>> pictures, Consumer<String> keep, BooleanSupplier stop) {
        List<String> sent = pictures.stream().map(JobTools::text).toList();
        Keeper keeper = new Keeper(keep);
        try (JavaSparkContext spark = start()) {
            Exception thrown = await(submitted(spark, tasks.apply(JobTools.text(job)), sent, keeper), stop);
            keeper.rethrow();
            if (thrown != null && !stop.getAsBoolean()) {
                throw told(thrown);
            }
            return thrown != null;
        } finally {
            LoadedJob.closeAll(); // those of this process, if it was the cluster
        }
    }

    private JavaSparkContext start() {
        try {
            Utils.getLocalDir(conf); // throws where the context would end the process, which waits for this thread
            return new JavaSparkContext(conf);
        } catch (Exception e) { // Scala declares none of those that it throws
            throw told(e);
        }
    }

    private SimpleFutureAction<BoxedUnit> submitted(
            JavaSparkContext spark, Function1<Iterator<String>, TaskResult> task, List<String> sent, Keeper keeper) {
        try {
            RDD<String> parts = spark.parallelize(sent, sent.size()).rdd(); // a partition for each picture
            return spark.sc().submitJob(parts, task, partitions(sent.size()), keeper, () -> BoxedUnit.UNIT);
        } catch (IllegalStateException e) { // Spark has stopped itself since its start
            throw new InputException(
                    conf.get("spark.master"),
                    "does not answer, or has ended this application",
                    "a master of Spark " + spark.version() + " that runs there",
                    "Nothing was begun. SIGHTLINE_SPARK_LOG=yes shows Spark's own log",
                    e);
        }
    }

    private static scala.collection.immutable.Seq<Object> partitions(int count) {
        List<Object> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return CollectionConverters.asScala(numbers).toSeq();
    }

    /** Waits for the end; returns why it failed or was cancelled, or null. */
    private static Exception await(SimpleFutureAction<BoxedUnit> action, BooleanSupplier stop) {
        boolean cancelled = false;
        while (true) {
            try {
                Await.result(action, LOOK);
                return null;
            } catch (TimeoutException e) {
                if (!cancelled && stop.getAsBoolean()) {
                    action.cancel();
                    cancelled = true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                action.cancel();
                return e;
            } catch (Exception e) { // Scala declares none of those that it throws
                return e;
            }
        }
    }

    private InputException told(Exception e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new InputException(
                conf.get("spark.master"),
                "Spark gave up: " + reason.lines().findFirst().orElse("").replaceFirst("\\.$", ""),
                "",
                "What was finished is kept; mend that and give the same command again. docs/cluster.md tells how to see"
                        + " Spark's own log",
                e);
    }
}
