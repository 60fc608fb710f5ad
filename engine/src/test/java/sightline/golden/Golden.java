package sightline.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.SafetensorsFile;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;

/** One tiny reference checkpoint with its cases and expected tensors. */
public final class Golden implements AutoCloseable {
    /** Held to by hidden states and logits, absolute. */
    public static final double STATE_TOLERANCE = 5e-5;
    /** Held to by probabilities, relative. */
    public static final double PROBABILITY_TOLERANCE = 1e-4;

    private static final Path ROOT = Path.of(System.getProperty("sightline.golden"));

    private final String name;
    private final JsonNode root;
    private final SafetensorsFile expected;

    private Golden(String name) {
        this.name = name;
        try {
            root = new ObjectMapper()
                    .readTree(ROOT.resolve(name).resolve("cases.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestDevice.require(); // before the file below is mapped, which loads the engine
        expected = SafetensorsFile.open(ROOT.resolve(name).resolve("expected.safetensors"));
    }

    /** {@code tiny10}, {@code tiny40} or {@code odd7}. */
    public static Golden open(String name) {
        return new Golden(name);
    }

    /** A file beside the checkpoints. */
    public static Path file(String name) {
        return ROOT.resolve(name);
    }

    public static Path image(String file) {
        return ROOT.resolve("images").resolve(file);
    }

    public Path checkpoint() {
        return ROOT.resolve(name).resolve("checkpoint");
    }

    public List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (JsonNode node : root.get("cases")) {
            cases.add(new Case(cases.size(), node));
        }
        return cases;
    }

    public List<Integer> windowSizes() {
        return StreamSupport.stream(root.get("k").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    /** A list of names in {@code cases.json}. */
    public List<String> names(String field) {
        return StreamSupport.stream(root.get(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** (row reading, masking) pairs for which sweeps are given. */
    public List<String[]> combinations() {
        return StreamSupport.stream(root.get("combinations").spliterator(), false)
                .map(pair -> new String[] {pair.get(0).asText(), pair.get(1).asText()})
                .toList();
    }

    /** Whether numbers of the published tracing code are given too. */
    public boolean hasPublished() {
        return root.path("published").asBoolean(true);
    }

    public boolean has(String tensor) {
        return expected.has(tensor);
    }

    public double[] numbers(String tensor) {
        assertThat(expected.has(tensor))
                .as("expected.safetensors holds " + tensor)
                .isTrue();
        try (Scope scope = Scope.open();
                Tensor stored = expected.tensor(tensor)) {
            return HostArrays.doubles(stored);
        }
    }

    @Override
    public void close() {
        expected.close();
    }

    /** One picture and question. */
    public record Case(int number, JsonNode node) {
        public String text(String field) {
            return node.get(field).asText();
        }

        public int integer(String field) {
            return node.get(field).asInt();
        }

        public int[] integers(String field) {
            return StreamSupport.stream(node.get(field).spliterator(), false)
                    .mapToInt(JsonNode::asInt)
                    .toArray();
        }

        public List<String> choices() {
            List<String> choices = new ArrayList<>();
            for (int i = 0; node.has("choice" + i); i++) {
                choices.add(text("choice" + i));
            }
            return choices;
        }

        public Path picture() {
            return image(text("image"));
        }

        /** The full name of one of this case's tensors. */
        public String tensor(String rest) {
            return "case" + number + "." + rest;
        }

        @Override
        public String toString() {
            return "case " + number + " " + text("image");
        }
    }

    /** The largest absolute difference; fails on NaN, infinities and different lengths. */
    public static double largestDifference(double[] actual, double[] wanted) {
        assertThat(actual).hasSameSizeAs(wanted);
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("number " + i).isFinite();
            largest = Math.max(largest, Math.abs(actual[i] - wanted[i]));
        }
        return largest;
    }

    /** The largest difference relative to the wanted number; fails on NaN, infinities and different lengths. */
    public static double largestRelativeDifference(double[] actual, double[] wanted) {
        assertThat(actual).hasSameSizeAs(wanted);
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("number " + i).isFinite();
            largest = Math.max(largest, Math.abs(actual[i] - wanted[i]) / Math.abs(wanted[i]));
        }
        return largest;
    }

    public static double[] doubles(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
