package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The reference data in {@code src/test/resources/scoring}; its README says where each file comes from. */
public final class Golden {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = root();

    private static final Map<Dataset, String> FOLDERS =
            Map.of(Dataset.VQAV2, "vqa", Dataset.VISUAL7W, "visual7w", Dataset.DOCVQA, "docvqa");

    private Golden() {}

    private static Path root() {
        try {
            return Path.of(Golden.class.getResource("/scoring/README.md").toURI())
                    .getParent();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path file(String name) {
        return ROOT.resolve(name);
    }

    public static JsonNode json(String name) {
        return json(file(name));
    }

    public static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The list under {@code cases}. */
    public static Stream<JsonNode> cases(String name) {
        return stream(json(name).path("cases"));
    }

    public static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    public static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::textValue).toList();
    }

    public static String folder(Dataset dataset) {
        return FOLDERS.get(dataset);
    }

    public static Path annotations(Dataset dataset) {
        String name =
                switch (dataset) {
                    case VQAV2 -> "v2_mscoco_val2014_annotations.json";
                    case VISUAL7W -> "dataset_v7w_telling.json";
                    case DOCVQA -> "val_v1.0_withQT.json";
                };
        return file("datasets/" + folder(dataset) + "/" + name);
    }

    public static Optional<Path> questions(Dataset dataset) {
        return dataset == Dataset.VQAV2
                ? Optional.of(file("datasets/vqa/v2_OpenEnded_mscoco_val2014_questions.json"))
                : Optional.empty();
    }

    /** Reads the good files. */
    public static OfficialQuestions samples(Dataset dataset) {
        return OfficialDataset.read(dataset, annotations(dataset), questions(dataset));
    }

    /** Empty files in the place of the pictures. */
    public static Path images(Dataset dataset, Path folder) throws IOException {
        for (JsonNode name : json("datasets/images.json").path(folder(dataset))) {
            Files.write(folder.resolve(name.asText()), new byte[0]);
        }
        return folder;
    }
}
