package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.dataset.Dataset;
import sightline.error.InputException;

/** Against what the published plot scripts drew from the same made-up result files (golden/scoring/README.md). */
public class PublishedPlotsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/scoring");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    /** The made-up published results of a dataset: {@code vqa}, {@code docvqa} or {@code visual7w}. */
    public static TracedDataset read(String golden, Path folder) throws IOException {
        JsonNode ids = JSON.readTree(
                        GOLDEN.resolve("trace_results/categories.json").toFile())
                .get(golden);
        Path file = Files.writeString(folder.resolve(golden + "-ids.json"), ids.toString());
        String name = golden.equals("vqa") ? "vqav2" : golden;
        return PublishedResults.read(
                GOLDEN.resolve("trace_results").resolve(golden),
                file,
                Dataset.named(name).orElseThrow(),
                9);
    }

    private static JsonNode plots() throws IOException {
        return JSON.readTree(GOLDEN.resolve("plots.json").toFile());
    }

    private static void assertNumbers(double[] values, JsonNode expected, String what) {
        assertThat(values).as(what).hasSize(expected.size());
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i])
                    .as(what + " " + i)
                    .isFinite()
                    .isCloseTo(expected.get(i).doubleValue(), within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"vqa,3,2", "docvqa,7,4", "visual7w,6,5"})
    void categories(String golden, int categories, int drawn) throws IOException {
        TracedDataset data = read(golden, folder);
        JsonNode expected = plots().at("/datasets/" + golden);
        List<Integer> lines = new ArrayList<>();
        expected.get("vertical_lines").forEach(line -> lines.add(line.intValue()));
        assertThat(data.crossAttentionLayers()).isEqualTo(lines);

        int seen = 0;
        for (Map.Entry<String, JsonNode> entry : expected.get("categories").properties()) {
            String category = data.categories().stream()
                    .filter(name -> name.replace('/', '_').equals(entry.getKey()))
                    .findFirst()
                    .orElse(entry.getKey());
            PublishedPlots.CategoryPlot plot = PublishedPlots.category(data, category, 9, "paper");
            assertThat(plot.count())
                    .as(category)
                    .isEqualTo(entry.getValue().get("count").intValue());
            assertThat(plot.curves().isPresent())
                    .as(category)
                    .isEqualTo(entry.getValue().get("drawn").booleanValue());
            if (plot.curves().isPresent()) {
                seen++;
                JsonNode curves = entry.getValue().get("curves");
                assertThat(plot.curves().get()).hasSize(curves.size());
                plot.curves()
                        .get()
                        .forEach((pathway, mean) -> assertNumbers(mean, curves.get(pathway), category + " " + pathway));
            }
        }
        assertThat(expected.get("categories")).hasSize(categories);
        assertThat(seen).isEqualTo(drawn);
    }

    @ParameterizedTest
    @CsvSource({"vqa,VQA,VQAv2", "docvqa,DOCVQA,DocVQA", "visual7w,visual7w,Visual7W"})
    void stages(String golden, String key, String line) throws IOException {
        TracedDataset data = read(golden, folder);
        JsonNode bar = plots().get("bar");
        assertThat(PublishedPlots.perCategory(data))
                .hasSize(bar.at("/counts/" + key).intValue());
        Map<String, double[]> means = PublishedPlots.wholeDataset(data, 9, "paper");
        JsonNode whole = bar.at("/whole_dataset_means/" + key);
        assertThat(means).hasSize(whole.size());
        means.forEach((pathway, mean) -> assertNumbers(mean, whole.get(pathway), pathway));

        List<PublishedPlots.Stage> stages = PublishedPlots.stages(data.layers(), data.crossAttentionLayers());
        assertThat(stages).hasSize(bar.get("stages").size());
        for (PublishedPlots.Stage stage : stages) {
            assertThat(List.of(stage.first(), stage.last()))
                    .as(stage.label())
                    .isEqualTo(List.of(
                            bar.get("stages").get(stage.label()).get(0).intValue(),
                            bar.get("stages").get(stage.label()).get(1).intValue()));
        }
        assertThat(bar.get("panels")).hasSize(3);
        bar.get("panels")
                .properties()
                .forEach(panel -> assertNumbers(
                        PublishedPlots.stageMeans(means.get(panel.getKey()), stages),
                        panel.getValue().get("lines").get(line),
                        panel.getKey()));
    }

    @Test
    void stagesOfASmallModel() {
        assertThat(PublishedPlots.stages(10, List.of(3, 8)))
                .containsExactly(
                        new PublishedPlots.Stage("1-3", 0, 1),
                        new PublishedPlots.Stage("4-8", 3, 6),
                        new PublishedPlots.Stage("9-10", 8, 9));
    }

    @Test
    void filesThatCannotBeUsed() throws IOException {
        Path ids = Files.writeString(folder.resolve("ids.json"), "{\"a\": [1, 2]}");
        assertThatThrownBy(() -> PublishedResults.read(folder, ids, Dataset.VQAV2, 9))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no result for any id");
        Files.writeString(folder.resolve("1.json"), "{\"image_to_last\": [0.5]}");
        assertThatThrownBy(() -> PublishedResults.read(folder, ids, Dataset.VQAV2, 9))
                .hasMessageContaining("1.json: full_attention is missing");
        Files.writeString(folder.resolve("1.json"), "{\"full_attention\": 1, \"image_to_last\": [0.5]}");
        Files.writeString(folder.resolve("2.json"), "{\"full_attention\": 1, \"image_to_last\": [0.5, 1]}");
        assertThatThrownBy(() -> PublishedResults.read(folder, ids, Dataset.VQAV2, 9))
                .hasMessageContaining("2.json: has 2 layers, others 1");
        Files.writeString(folder.resolve("2.json"), "{\"full_attention\": 1, \"meta\": {\"k\": 9}}");
        assertThatThrownBy(() -> PublishedResults.read(folder, ids, Dataset.VQAV2, 9))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2.json: meta is {\"k\":9}. Expected a list");
        Files.writeString(ids, "{\"a\": {\"b\": 1}}");
        assertThatThrownBy(() -> PublishedResults.read(folder, ids, Dataset.VQAV2, 9))
                .hasMessageContaining("ids.json: a is {\"b\":1}. Expected a list of ids");
        assertThatThrownBy(() -> PublishedResults.read(folder, folder.resolve("none.json"), Dataset.VQAV2, 9))
                .hasMessageContaining("none.json: does not exist");
        assertThatThrownBy(() -> PublishedResults.read(folder.resolve("none"), ids, Dataset.VQAV2, 9))
                .hasMessageContaining("none: does not exist");
        assertThatThrownBy(() -> PublishedResults.read(ids, ids, Dataset.VQAV2, 9))
                .hasMessageContaining("ids.json: is a file");
    }

    @Test
    void readingIsStrict() throws IOException {
        Path ids = folder.resolve("ids.json");
        for (String faulty : List.of("{\"a\": [1],\n\"a\": [2]}", "{\"a\":\n[1]} more", "{\"a\":\n[NaN]}")) {
            Files.writeString(ids, faulty);
            assertThatThrownBy(() -> PublishedResults.read(folder, ids, Dataset.VQAV2, 9))
                    .as(faulty)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("ids.json: is not valid JSON at line 2, column ");
        }
        Files.delete(ids);
        Files.createDirectory(ids);
        assertThatThrownBy(() -> PublishedResults.read(folder, ids, Dataset.VQAV2, 9))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ids.json: cannot be read: ");
    }

    @Test
    void vqaIdsTellThePictureOthersDoNot() throws IOException {
        assertThat(read("vqa", folder).samples())
                .allSatisfy(sample -> assertThat(sample.image()).isEqualTo(String.valueOf(sample.id() / 1000)));
        assertThat(read("docvqa", folder).imagesKnown()).isFalse();
    }
}
