package sightline.selection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialDataset;
import sightline.dataset.OfficialQuestion;
import sightline.dataset.OfficialQuestions;
import sightline.scoring.ScoreReport;
import sightline.scoring.Scoring;
import sightline.scoring.ScoringRules;

/** 200,000 questions, as many as VQAv2's validation split has, read, scored and selected in a JVM of 1 GiB. */
class LargeDatasetTest {
    private static final int QUESTIONS = 200_000;
    private static final int PEOPLE = 10;

    /** A guard against work that grows with the square of the questions: it would take hours. */
    private static final int PATIENCE_MINUTES = 20;

    /** 1.8 was counted. */
    private static final double PASSES = 2.5;
    /** 29 were counted. */
    private static final double ALLOCATED = 60;

    private static final Path COUNTERS = Path.of("/proc/thread-self/io");
    private static final Pattern COUNTED = Pattern.compile("read ([0-9]+) of ([0-9]+) bytes, allocated ([0-9]+)");

    private static final String[] TYPES = {"other", "yes/no", "number"};
    private static final String[] WORDS = {"red", "a cat", "two", "yes", "no", "it's raining", "U.S.A.", "on the table"
    };

    @TempDir
    private Path folder;

    @Test
    void readScoredAndSelectedInFewPassesAndLittleMemory() throws Exception {
        writeFiles();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeDatasetTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String output = Files.readString(folder.resolve("output"));
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("selected 3000 of " + QUESTIONS + " ");
        Matcher counted = COUNTED.matcher(output);
        assertThat(counted.find()).as(output).isTrue();
        double bytes = Double.parseDouble(counted.group(2));
        if (Files.exists(COUNTERS)) { // Linux
            assertThat(Double.parseDouble(counted.group(1)) / bytes)
                    .as("how often the files are read: %s", output)
                    .isBetween(0.9, PASSES);
        }
        assertThat(Double.parseDouble(counted.group(3)) / bytes)
                .as("bytes allocated for each of the files': %s", output)
                .isBetween(1.0, ALLOCATED);
    }

    private static long bytesRead() throws IOException {
        if (!Files.exists(COUNTERS)) {
            return 0;
        }
        String first = Files.readAllLines(COUNTERS).get(0); // rchar: 123
        return Long.parseLong(first.substring(first.indexOf(' ') + 1));
    }

    /** The work, alone in its JVM. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long read = bytesRead();
        long bytes = 0;
        for (String file : List.of("annotations.json", "questions.json", "answers.json")) {
            bytes += Files.size(folder.resolve(file));
        }
        OfficialQuestions samples = OfficialDataset.read(
                Dataset.VQAV2, folder.resolve("annotations.json"), Optional.of(folder.resolve("questions.json")));
        Map<Long, List<String>> categories = new HashMap<>();
        for (OfficialQuestion sample : samples.samples()) {
            categories.put(sample.id(), sample.categories());
        }
        Path correct = folder.resolve("correct.json");
        ScoreReport scored = Scoring.score(
                Dataset.VQAV2,
                folder.resolve("answers.json"),
                ScoringRules.BOTH,
                categories,
                correct,
                Optional.of(folder.resolve("scores.json")),
                false);
        SelectionReport selected =
                Selection.select(Dataset.VQAV2, correct, samples, 1000, 42, folder.resolve("out"), false);
        CategoryCount all = selected.categories().get(3);
        System.out.println("read " + (bytesRead() - read) + " of " + bytes + " bytes, allocated "
                + (threads.getCurrentThreadAllocatedBytes() - allocated));
        System.out.println("selected " + all.selected() + " of " + scored.all().answers() + " answers, "
                + scored.all().kept() + " kept, " + new File(arguments[0], "annotations.json").length() + " bytes");
    }

    private void writeFiles() throws IOException {
        try (BufferedWriter questions = Files.newBufferedWriter(folder.resolve("questions.json"));
                BufferedWriter annotations = Files.newBufferedWriter(folder.resolve("annotations.json"));
                BufferedWriter answers = Files.newBufferedWriter(folder.resolve("answers.json"))) {
            questions.write("{\"questions\": [");
            annotations.write("{\"annotations\": [");
            answers.write("[");
            for (int i = 0; i < QUESTIONS; i++) {
                String comma = i == 0 ? "" : ", ";
                String word = WORDS[i % WORDS.length] + (i % 5 == 0 ? "" : " " + i % 1000);
                String people = people(word, i);
                String question = "\"question\": \"What is on the picture with the number " + i + "?\"";
                questions.write(comma + "{\"image_id\": " + i / 5 + ", " + question + ", \"question_id\": " + i + "}");
                annotations.write(comma + "{\"question_type\": \"what is\", \"multiple_choice_answer\": \"" + word
                        + "\", \"answers\": " + people + ", \"image_id\": " + i / 5 + ", \"answer_type\": \""
                        + TYPES[i % 3] + "\", \"question_id\": " + i + "}");
                answers.write(comma + "{\"question_id\": " + i + ", \"answer\": \"" + word
                        + "\", \"answer_tokens\": [1, 2, 128009], \"gt_answer\": " + people + ", " + question + "}");
            }
            questions.write("]}");
            annotations.write("]}");
            answers.write("]");
        }
    }

    /** Every third question has people who disagree. */
    private static String people(String word, int question) {
        StringBuilder people = new StringBuilder("[");
        for (int i = 1; i <= PEOPLE; i++) {
            String said = question % 3 == 0 && i == PEOPLE && question % 2 == 0 ? "other " + question : word;
            people.append(i == 1 ? "" : ", ")
                    .append("{\"answer\": \"")
                    .append(said)
                    .append("\", \"answer_confidence\": \"yes\", \"answer_id\": ")
                    .append(i)
                    .append('}');
        }
        return people.append(']').toString();
    }
}
