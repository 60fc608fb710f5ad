package sightline.mllama;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.golden.Golden.STATE_TOLERANCE;
import static sightline.golden.Golden.doubles;
import static sightline.golden.Golden.largestDifference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.TestDevice;
import sightline.knockout.RowReading;
import sightline.model.ModelInputs;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;

/** Scalings of the rotary embeddings that no published Llama 3.2-Vision has: {@code tiny10/rope.py} made the numbers. */
class GoldenRopeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"default", "linear"})
    void logitsEqualTheReference(String type) throws IOException {
        JsonNode reference = JSON.readTree(Golden.file("tiny10/rope.json").toFile());
        JsonNode scaling = scaling(reference, type);
        try (Golden golden = Golden.open("tiny10")) {
            Path checkpoint = scaled(golden.checkpoint(), scaling.get("rope_scaling"));
            Golden.Case c = golden.cases().get(reference.get("case").intValue());
            try (VisionLanguageModel model =
                    Families.load(checkpoint, TestDevice.options().withDType(DType.FLOAT32))) {
                ModelInputs inputs = GoldenInputs.of(c, model.processor());
                try (VisionMemory seen = model.see(inputs.picture())) {
                    double[] logits = doubles(model.logits(inputs.prompt(), seen, RowReading.TRANSFORMERS));
                    double[] wanted = JSON.convertValue(scaling.get("logits"), double[].class);
                    double[] unscaled = golden.numbers(c.tensor("logits.transformers"));
                    assertThat(largestDifference(logits, wanted)).isLessThan(STATE_TOLERANCE);
                    assertThat(largestDifference(wanted, unscaled)).isGreaterThan(1);
                }
            }
        }
    }

    private static JsonNode scaling(JsonNode reference, String type) {
        for (JsonNode scaling : reference.get("scalings")) {
            if (scaling.at("/rope_scaling/rope_type").textValue().equals(type)) {
                return scaling;
            }
        }
        throw new AssertionError("rope.json has no " + type);
    }

    private Path scaled(Path checkpoint, JsonNode scaling) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(checkpoint)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.copy(file, folder.resolve(file.getFileName().toString()));
        }
        Path config = folder.resolve("config.json");
        ObjectNode json = (ObjectNode) JSON.readTree(config.toFile());
        ((ObjectNode) json.get("text_config")).set("rope_scaling", scaling);
        JSON.writeValue(config.toFile(), json);
        return folder;
    }
}
