package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sightline.dataset.Dataset;

class LayerScaleTest {
    private static TracedDataset data(int layers, Integer... readingPicture) {
        return new TracedDataset(
                Dataset.VQAV2, "VQAv2", layers, List.of(readingPicture), Map.of(), List.of(), 0, Optional.empty());
    }

    private static List<String> texts(LayerScale scale, TracedDataset data) {
        return scale.marks(data).stream().map(LayerScale.Mark::text).toList();
    }

    @Test
    void layersThatReadThePictureHaveNumbersAndRoundOnesWhereNoneDoes() {
        assertThat(texts(LayerScale.LAYERS, data(15, 3, 8, 13))).containsExactly("0", "3", "8", "13");
        assertThat(texts(LayerScale.LAYERS, data(4, 0, 3))).containsExactly("0", "3");
        assertThat(texts(LayerScale.LAYERS, data(8))).containsExactly("0", "2", "4", "6");
        assertThat(texts(LayerScale.LAYERS, data(32))).containsExactly("0", "8", "16", "24");
    }

    /** From the first layer's left end to the last one's right end. */
    @Test
    void depthIsTheSameForAllModels() {
        for (int layers : new int[] {8, 40}) {
            TracedDataset data = data(layers);
            assertThat(texts(LayerScale.DEPTH, data)).containsExactly("0", "25", "50", "75", "100");
            assertThat(LayerScale.DEPTH.marks(data))
                    .extracting(LayerScale.Mark::layer)
                    .containsExactlyElementsOf(IntStream.rangeClosed(0, 4)
                            .mapToObj(quarter -> quarter * layers / 4.0 - 0.5)
                            .toList());
        }
    }
}
