package sightline.mllama;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.Invalid;
import sightline.llama.LlamaConfig;

/**
 * The sizes of the text decoder, {@code text_config} in {@code config.json}.
 *
 * @param llama what it shares with a Llama of text alone
 * @param crossAttentionLayers which of its layers are cross-attention layers; unmodifiable
 */
public record TextConfig(LlamaConfig llama, SortedSet<Integer> crossAttentionLayers) {
    /** Rows that the embedding table has beyond the output head, for {@code <|image|>} and reserved tokens. */
    public static final int EXTRA_EMBEDDINGS = 8;

    /** Checks the layers. */
    public TextConfig {
        crossAttentionLayers = Collections.unmodifiableSortedSet(new TreeSet<>(crossAttentionLayers));
        if (crossAttentionLayers.isEmpty()) {
            throw Invalid.field("text_config.cross_attention_layers", "[]", "one layer or more");
        }
        if (crossAttentionLayers.first() < 0 || crossAttentionLayers.last() >= llama.layers()) {
            throw Invalid.field(
                    "text_config.cross_attention_layers",
                    crossAttentionLayers,
                    "layers from 0 to " + (llama.layers() - 1));
        }
    }

    /** Rows of the embedding table: {@value #EXTRA_EMBEDDINGS} more than the output head has. */
    public int embeddingRows() {
        return llama.vocabulary() + EXTRA_EMBEDDINGS;
    }

    /** Whether a layer, from 0 on, reads the image. */
    public boolean isCrossAttention(int layer) {
        return crossAttentionLayers.contains(layer);
    }

    static TextConfig read(ConfigFields fields) {
        if (fields.has("model_type")) {
            fields.requireText("model_type", "mllama_text_model");
        }
        String whyNotTied = "the embedding table has " + EXTRA_EMBEDDINGS + " rows more than the head";
        return new TextConfig(LlamaConfig.read(fields, whyNotTied), increasing(fields, "cross_attention_layers"));
    }

    private static SortedSet<Integer> increasing(ConfigFields fields, String field) {
        List<Integer> values = fields.integers(field);
        SortedSet<Integer> sorted = new TreeSet<>(values);
        if (!values.equals(List.copyOf(sorted))) {
            throw fields.wrong(field, "layers in increasing order, each once");
        }
        return sorted;
    }
}
