package sightline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;

/** What Spark's driver tells of its tasks, written down: what these tests do to a cluster is then known to have happened. */
public final class TaskEvents extends SparkListener {
    private static final String FILE = "spark.sightline.events";

    private final Path file;

    /** As Spark makes it. */
    public TaskEvents(SparkConf conf) {
        file = Path.of(conf.get(FILE));
    }

    /** Java's options for a driver that is to write to a file. */
    static List<String> into(Path file) {
        return List.of("-Dspark.extraListeners=" + TaskEvents.class.getName(), "-D" + FILE + "=" + file);
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        write("start", event.taskInfo(), event.taskInfo().speculative() ? "speculative" : "first");
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        write("end", event.taskInfo(), event.reason().getClass().getSimpleName());
    }

    private void write(String what, TaskInfo task, String how) {
        String line = String.join(" ", what, "" + task.taskId(), task.executorId(), how) + "\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written: start or end, task, executor, how. */
    static List<String[]> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.split(" "))
                .toList();
    }

    /** Whether an executor has a task in hand. */
    static boolean busy(Path file, String executor) throws IOException {
        Set<String> begun = new HashSet<>();
        for (String[] event : read(file)) {
            if (event[2].equals(executor)) {
                if (event[0].equals("start")) {
                    begun.add(event[1]);
                } else {
                    begun.remove(event[1]);
                }
            }
        }
        return !begun.isEmpty();
    }

    /** How many events there are of a kind. */
    static long count(Path file, String what, String how) throws IOException {
        return read(file).stream()
                .filter(event -> event[0].equals(what) && event[3].equals(how))
                .count();
    }
}
