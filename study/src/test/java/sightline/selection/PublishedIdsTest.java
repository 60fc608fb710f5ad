package sightline.selection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import sightline.dataset.Dataset;
import sightline.dataset.Golden;

/** The published VQAv2 lists. */
class PublishedIdsTest {
    @Test
    void theDrawnIdsAreThePublishedOnes() throws IOException {
        JsonNode golden;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Golden.file("published_vqa_ids.json.gz")))) {
            golden = new ObjectMapper().readTree(in);
        }
        Map<String, List<Long>> pools = ids(golden.path("pools"));
        Map<String, List<Long>> published = ids(golden.path("sampled"));
        assertThat(published.values()).hasSize(3).allSatisfy(ids -> assertThat(ids)
                .hasSize(1000));
        assertThat(CategorySampling.draw(
                        Dataset.VQAV2.categories(), pools, Selection.PUBLISHED_PER_CATEGORY, Selection.PUBLISHED_SEED))
                .isEqualTo(published);
        assertThat(CategorySampling.draw(Dataset.VQAV2.categories(), pools, 1000, 43))
                .isNotEqualTo(published);
    }

    private static Map<String, List<Long>> ids(JsonNode lists) {
        Map<String, List<Long>> ids = new LinkedHashMap<>();
        lists.properties()
                .forEach(entry -> ids.put(
                        entry.getKey(),
                        Golden.stream(entry.getValue()).map(JsonNode::asLong).toList()));
        return ids;
    }
}
