package sightline.cluster;

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
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A filtered dataset, a picture for every two samples, with the checkpoint that it is for; and the commands on it as processes.
 *
 * @param folder for runs, logs and reports
 */
record ClusterFiles(Path folder, Path checkpoint, Path samples, Path images) {
    private static final Path GOLDEN = Path.of(System.getProperty("sightline.golden"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EACH = 2;

    /** What the demo's model has answered rightly of its questions in the style of VQAv2. */
    static ClusterFiles ofDemo(Path folder, int asked) throws Exception {
        Path demo = folder.resolve("sightline-demo");
        ClusterFiles files = new ClusterFiles(
                folder,
                demo.resolve("checkpoint"),
                demo.resolve("studies/vqav2/selection/filtered_dataset_vqa.json"),
                demo.resolve("data/vqav2/images"));
        List<String> arguments = List.of("demo", "--samples", "" + asked, "--device", "cpu", "--out", demo.toString());
        if (files.sightline("demo", List.of(), arguments).waitFor() != 0) {
            throw new AssertionError(files.err("demo"));
        }
        return files;
    }

    /** Made-up answers for the tiny reference checkpoint. */
    static ClusterFiles make(Path folder, int samples) throws IOException {
        return make(folder, samples, GOLDEN.resolve("tiny10/checkpoint"), "small_50x50.png");
    }

    /** The same for another checkpoint, about another of the reference's pictures. */
    static ClusterFiles make(Path folder, int samples, Path checkpoint, String shown) throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        ArrayNode entries = JSON.createArrayNode();
        for (int i = 0; i < samples; i++) {
            int picture = i / EACH;
            Path file = images.resolve(String.format("COCO_val2014_%012d.jpg", picture));
            if (!Files.exists(file)) {
                Files.copy(GOLDEN.resolve("images").resolve(shown), file);
            }
            ObjectNode entry = entries.addObject();
            entry.put("question_id", 1000 + i)
                    .put("answer", "yes")
                    .put("question", "Is it number " + i + "?")
                    .put("answer_type", List.of("other", "yes_no", "number").get(i % 3))
                    .put("image_id", picture);
            entry.putArray("answer_tokens").add(300 + i % 100).add(40);
        }
        Files.write(folder.resolve("filtered.json"), JSON.writeValueAsBytes(entries));
        return new ClusterFiles(folder, checkpoint, folder.resolve("filtered.json"), images);
    }

    /** Starts a trace; its streams go to files beside the run. */
    Process trace(String run, List<String> java, String... more) throws IOException {
        return sightline(run, java, traceArguments(run, more));
    }

    List<String> traceArguments(String run, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("trace", "vqav2", samples().toString()));
        arguments.addAll(List.of("--model", checkpoint().toString(), "--dtype", "float32"));
        arguments.addAll(List.of("--images", images().toString(), "--k", "1,3"));
        arguments.addAll(List.of("--out", folder.resolve(run).toString()));
        arguments.addAll(Arrays.asList(more));
        return arguments;
    }

    /** Starts answering the demo's questions; the answers go to a file of that name. */
    Process answer(String name, String... more) throws IOException {
        Path data = images.resolveSibling("v2_OpenEnded_mscoco_val2014_questions.json");
        Path annotations = images.resolveSibling("v2_mscoco_val2014_annotations.json");
        List<String> arguments = new ArrayList<>(List.of("answer", "vqav2", "--questions", data.toString()));
        arguments.addAll(List.of("--annotations", annotations.toString(), "--images", images.toString()));
        arguments.addAll(List.of("--model", checkpoint.toString(), "--dtype", "float32"));
        arguments.addAll(List.of("--out", folder.resolve(name).toString()));
        arguments.addAll(Arrays.asList(more));
        return sightline(name, List.of(), arguments);
    }

    /** Starts a command. */
    Process sightline(String name, List<String> java, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.add("-Dslf4j.provider=org.slf4j.nop.NOPServiceProvider");
        command.add("sightline.app.Sightline");
        command.addAll(arguments);
        return java(name, Map.of(), command);
    }

    /** Starts a Java process with these tests' class path and what Spark needs. */
    Process java(String name, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-Dslf4j.internal.verbosity=ERROR", "-cp", classPath()));
        Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
                .filter(option -> !option.contains("jdk.incubator")) // of no use here, and Java warns of it
                .forEach(command::add);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    String err(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".err"));
    }

    /** {@code curves.csv} of a run, whose folder's name it tells; more than its header. */
    String curves(String run) throws Exception {
        String report = run + "-report";
        Process process = sightline(
                report,
                List.of(),
                List.of(
                        "report",
                        "--threshold",
                        "0", // what is made up is unlikely
                        folder.resolve(run).toString(),
                        "--out",
                        folder.resolve(report).toString()));
        if (process.waitFor() != 0) {
            throw new AssertionError(err(report));
        }
        String curves = Files.readString(folder.resolve(report).resolve("curves.csv"));
        if (curves.lines().count() < 2) {
            throw new AssertionError("no curves in " + curves);
        }
        return curves.replace("," + run + ",", ",RUN,");
    }

    /** The finished samples by id, without what differs from run to run; each is there once. */
    TreeMap<Long, JsonNode> finished(String run) throws IOException {
        TreeMap<Long, JsonNode> samples = new TreeMap<>();
        Path journal = folder.resolve(run).resolve("samples.jsonl");
        if (Files.exists(journal)) {
            String text = Files.readString(journal);
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                ObjectNode sample = (ObjectNode) JSON.readTree(line);
                sample.remove(List.of("seconds", "check", "settings"));
                if (samples.put(sample.get("id").longValue(), sample) != null) {
                    throw new AssertionError("sample " + sample.get("id") + " is there twice");
                }
            }
        }
        return samples;
    }
}
