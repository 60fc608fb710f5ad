package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import sightline.answering.AnswerPlan;
import sightline.answering.AnswerRun;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.AnsweredQuestions;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialDataset;
import sightline.dataset.OfficialQuestion;
import sightline.dataset.OfficialQuestions;
import sightline.files.LineCheck;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.model.LoadOptions;
import sightline.sweep.Strategy;
import sightline.tensor.DType;

/**
 * The made-up datasets with pictures, for the tiny reference checkpoint: its ten layers and 600 tokens take milliseconds.
 *
 * @param folder of its own
 */
public record TinyStudy(Path folder) {
    private static final Path GOLDEN = Path.of(System.getProperty("sightline.golden"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PICTURES =
            List.of("small_50x50.png", "tall_40x150.png", "wide_100x48.png", "horse.png");

    /** The vocabulary's ids below this are ordinary text. */
    private static final int TEXT_TOKENS = 500;

    /** Makes the pictures that the datasets name. */
    public static TinyStudy in(Path folder) {
        try {
            JsonNode names = JSON.readTree(resource("datasets/images.json").toFile());
            for (var dataset : names.properties()) {
                Path images = Files.createDirectories(folder.resolve("images").resolve(dataset.getKey()));
                for (int i = 0; i < dataset.getValue().size(); i++) {
                    Path picture = GOLDEN.resolve("images").resolve(PICTURES.get(i));
                    Files.copy(picture, images.resolve(dataset.getValue().get(i).asText()));
                }
            }
            return new TinyStudy(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path resource(String name) {
        return Path.of("src/test/resources/scoring").resolve(name).toAbsolutePath();
    }

    public static Path checkpoint() {
        return GOLDEN.resolve("tiny10/checkpoint");
    }

    /** A checkpoint of its own, to be changed. */
    public Path copyOfCheckpoint() {
        try (Stream<Path> files = Files.list(checkpoint())) {
            Path copy = Files.createDirectory(folder.resolve("checkpoint"));
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes a byte of a copy's weights that its fingerprint does not look at; returns the file. */
    public static Path changeUnseen(Path checkpoint) {
        Path file = checkpoint.resolve("model-00004-of-00004.safetensors");
        try (RandomAccessFile weights = new RandomAccessFile(file.toFile(), "rw")) {
            long place = weights.length() - 6000;
            weights.seek(place);
            int old = weights.read();
            weights.seek(place);
            weights.write(old ^ 1);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static LoadOptions loading() {
        return LoadOptions.defaults().withDType(DType.FLOAT32);
    }

    public Path images(Dataset dataset) {
        return folder.resolve("images").resolve(dataset.tag());
    }

    /** The official questions. */
    public static OfficialQuestions questions(Dataset dataset) {
        Path files = resource("datasets").resolve(dataset.tag());
        return switch (dataset) {
            case VQAV2 ->
                OfficialDataset.read(
                        dataset,
                        files.resolve("v2_mscoco_val2014_annotations.json"),
                        java.util.Optional.of(files.resolve("v2_OpenEnded_mscoco_val2014_questions.json")));
            case VISUAL7W ->
                OfficialDataset.read(dataset, files.resolve("dataset_v7w_telling.json"), java.util.Optional.empty());
            case DOCVQA ->
                OfficialDataset.read(dataset, files.resolve("val_v1.0_withQT.json"), java.util.Optional.empty());
        };
    }

    /** The published scripts' filtered dataset of all questions, its answers said with the tiny model's tokens. */
    public Path filtered(Dataset dataset) {
        Path expected = resource("datasets/expected/all").resolve(dataset.tag());
        Path file = folder.resolve("filtered_" + dataset + ".json");
        try {
            ArrayNode entries = (ArrayNode) JSON.readTree(
                    expected.resolve("dataset_correct_answers.json").toFile());
            for (JsonNode entry : entries) {
                ArrayNode tokens = JSON.createArrayNode();
                entry.get("answer_tokens").forEach(token -> {
                    if (token.intValue() < 128_000) {
                        tokens.add(token.intValue() % TEXT_TOKENS);
                    }
                });
                while (tokens.size() > 2) {
                    tokens.remove(2);
                }
                ((ObjectNode) entry).set("answer_tokens", tokens);
            }
            Files.write(file, JSON.writeValueAsBytes(entries));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run with few variants. */
    public static RunSettings settings() {
        return new RunSettings(
                List.of("image_to_last", "question_to_last"),
                List.of(1, 3),
                List.of(Masking.PAPER, Masking.ZERO),
                RowReading.PAPER,
                0.6,
                Strategy.SHARED);
    }

    public RunPlan plan(Dataset dataset, Path run) {
        return plan(dataset, run, settings(), Portion.ALL);
    }

    public RunPlan plan(Dataset dataset, Path run, RunSettings settings, Portion portion) {
        return new RunPlan(
                run, dataset, filtered(dataset), images(dataset), checkpoint(), loading(), settings, portion, 0, false);
    }

    /** The samples of a plan, read with a checkpoint that is opened for this alone. */
    public static AnsweredQuestions read(RunPlan plan) {
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading())) {
            return TraceRun.read(plan, checkpoint);
        }
    }

    /** A plan's run, opened likewise: of so small a checkpoint the hash is there at once. */
    public static TraceRun open(RunPlan plan, List<AnsweredQuestion> samples) {
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading())) {
            return TraceRun.open(plan, samples, checkpoint);
        }
    }

    /** The same for answers. */
    public static AnswerRun open(AnswerPlan plan, List<OfficialQuestion> questions) {
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading())) {
            return AnswerRun.open(plan, questions, checkpoint);
        }
    }

    static Optional<String> difference(RunPlan plan) {
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading())) {
            return TraceRun.difference(plan, checkpoint);
        }
    }

    public static Portion shard(int number, int of) {
        return new Portion(0, OptionalInt.empty(), new Shard(number, of));
    }

    /** A line of a journal with the check that fits it. */
    static String checked(JsonNode line) {
        try {
            ObjectNode object = line.deepCopy();
            object.remove(LineCheck.FIELD);
            return new String(LineCheck.added(JSON.writeValueAsBytes(object)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every line of every journal, without its seconds and check, by id. */
    public static List<JsonNode> lines(Path run) {
        try (Stream<Path> files = Files.list(run)) {
            List<JsonNode> lines = new java.util.ArrayList<>();
            for (Path file : files.filter(path -> path.getFileName().toString().matches("samples.*\\.jsonl"))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    ObjectNode node = (ObjectNode) JSON.readTree(line);
                    node.remove(List.of("seconds", LineCheck.FIELD));
                    lines.add(node);
                }
            }
            lines.sort(java.util.Comparator.comparingLong(node -> node.get("id").longValue()));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
