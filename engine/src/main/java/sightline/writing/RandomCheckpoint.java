package sightline.writing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import sightline.checkpoint.CheckpointFolder;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.RandomWeights;
import sightline.checkpoint.StoredType;
import sightline.checkpoint.WeightSpec;
import sightline.error.InputException;

/**
 * Writes a checkpoint of random weights in the Hugging Face layout: configuration, generation settings and bfloat16
 * shards with their index. The weights are those of {@link RandomWeights} with the same seed, no layer shared. What turns
 * text and pictures into inputs is not written here.
 */
public final class RandomCheckpoint {
    /** Data of one shard at most, unless a single tensor is larger; published checkpoints are cut alike. */
    public static final long SHARD_BYTES = 5_000_000_000L;

    private static final StoredType TYPE = StoredType.BF16;

    private final ModelConfig config;
    private final SpecialTokens tokens;
    private final List<List<WeightSpec>> shards;

    /** Nothing is written before {@link #write}. */
    public RandomCheckpoint(ModelConfig config, SpecialTokens tokens) {
        this(config, tokens, SHARD_BYTES);
    }

    RandomCheckpoint(ModelConfig config, SpecialTokens tokens, long shardBytes) {
        this.config = config;
        this.tokens = tokens;
        this.shards = shards(config.weights(), shardBytes);
    }

    private static List<List<WeightSpec>> shards(List<WeightSpec> weights, long shardBytes) {
        List<List<WeightSpec>> shards = new ArrayList<>();
        long room = 0;
        for (WeightSpec weight : weights) {
            long bytes = weight.elements() * TYPE.bytes();
            if (shards.isEmpty() || bytes > room) {
                shards.add(new ArrayList<>());
                room = shardBytes;
            }
            shards.get(shards.size() - 1).add(weight);
            room -= bytes;
        }
        return shards;
    }

    /** Bytes of all weight files; the other files are small. */
    public long bytes() {
        return shards.stream()
                .mapToLong(shard -> SafetensorsWriter.size(TYPE, shard))
                .sum();
    }

    /**
     * Writes all files. Of the weights no more than a piece of some megabytes is ever held in memory.
     *
     * @param folder there, without such files in it
     * @param seed the same seed writes the same bytes
     * @param written hears after each piece how many bytes of weights are written so far
     * @throws InputException if a file cannot be written
     */
    public void write(Path folder, long seed, LongConsumer written) {
        CheckpointWriter.writeConfig(folder, config, tokens);
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        index.putObject("metadata").put("total_size", config.parameters() * TYPE.bytes());
        ObjectNode map = index.putObject("weight_map");
        long[] done = {0};
        for (int i = 0; i < shards.size(); i++) {
            String name = name(i);
            try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve(name), TYPE, shards.get(i))) {
                for (WeightSpec weight : shards.get(i)) {
                    map.put(weight.name(), name);
                    RandomWeights.pieces(weight, seed, piece -> {
                        writer.append(weight.name(), piece);
                        written.accept(done[0] += piece.nbytes());
                    });
                }
            }
        }
        if (shards.size() > 1) {
            CheckpointWriter.writeJson(folder.resolve(CheckpointFolder.INDEX), index);
        }
    }

    private String name(int shard) {
        return shards.size() == 1
                ? CheckpointFolder.SINGLE
                : String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", shard + 1, shards.size());
    }
}
