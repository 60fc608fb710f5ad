package sightline.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A made-up filtered dataset of VQAv2's form with its pictures, for the tiny reference checkpoint.
 *
 * @param folder that holds all
 */
public record TraceFiles(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PICTURES = List.of("small_50x50.png", "tall_40x150.png", "wide_100x48.png");

    public static TraceFiles make(Path folder, int samples) throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        for (int i = 0; i < PICTURES.size(); i++) {
            Files.copy(
                    Path.of(CommandRun.image(PICTURES.get(i))),
                    images.resolve("COCO_val2014_00000000000" + i + ".jpg"));
        }
        ArrayNode entries = JSON.createArrayNode();
        for (int i = 0; i < samples; i++) {
            ObjectNode entry = entries.addObject();
            entry.put("question_id", 1000 + i)
                    .put("answer", "yes")
                    .put("question", "Is it number " + i + "?")
                    .put("answer_type", List.of("other", "yes_no", "number").get(i % 3))
                    .put("image_id", i % PICTURES.size());
            entry.putArray("answer_tokens").add(300 + i % 100).add(40);
        }
        Files.write(folder.resolve("filtered.json"), JSON.writeValueAsBytes(entries));
        return new TraceFiles(folder);
    }

    public List<String> command(Path run, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "trace",
                "vqav2",
                folder.resolve("filtered.json").toString(),
                "--model",
                CommandRun.TINY10,
                "--dtype",
                "float32",
                "--images",
                folder.resolve("images").toString(),
                "--k",
                "1,3",
                "--out",
                run.toString()));
        command.addAll(Arrays.asList(more));
        return command;
    }

    public CommandRun trace(Path run, String... more) {
        return CommandRun.of(command(run, more).toArray(String[]::new));
    }

    /** Starts it as a process of its own; its stderr goes to a file. */
    public Process start(Path run, Path err) throws IOException {
        return CommandRun.start(err, command(run));
    }

    /**
     * The finished samples of a run, without their seconds.
     *
     * @throws AssertionError if one is there twice
     */
    public static TreeMap<Long, JsonNode> finished(Path run) throws IOException {
        TreeMap<Long, JsonNode> samples = new TreeMap<>();
        Path journal = run.resolve("samples.jsonl");
        if (Files.exists(journal)) {
            String text = Files.readString(journal);
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                ObjectNode sample = (ObjectNode) JSON.readTree(line);
                sample.remove(List.of("seconds", "check"));
                if (samples.put(sample.get("id").longValue(), sample) != null) {
                    throw new AssertionError("sample " + sample.get("id") + " is there twice");
                }
            }
        }
        return samples;
    }
}
