package sightline.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sightline.error.InputException;

/**
 * What a model folder holds and needs, for {@code sightline check}. Layers and sizes are in {@code config}.
 *
 * @param folder the folder, as given
 * @param config all sizes of the model
 * @param generation its end tokens and decoding settings
 * @param parameters numbers in the model's weights, by the configuration
 * @param weights the weight files; empty if the folder has none
 * @param warnings what is odd or missing but stops nothing here; full sentences without a full stop
 */
public record CheckpointReport(
        Path folder,
        ModelConfig config,
        GenerationConfig generation,
        long parameters,
        Optional<Weights> weights,
        List<String> warnings) {
    /** Copies the list. */
    public CheckpointReport {
        warnings = List.copyOf(warnings);
    }

    /**
     * The weight files of a checkpoint.
     *
     * @param files their paths, sorted by name
     * @param bytes their sizes together
     * @param parametersByType how many of the model's numbers are stored in which type; unmodifiable
     */
    public record Weights(List<Path> files, long bytes, SortedMap<StoredType, Long> parametersByType) {
        /** Copies the collections. */
        public Weights {
            files = List.copyOf(files);
            parametersByType = Collections.unmodifiableSortedMap(new TreeMap<>(parametersByType));
        }
    }

    /**
     * Looks at a folder that has at least a {@code config.json}. Weights that are there are checked as by
     * {@link Checkpoint#open}.
     *
     * @param reader of the families that are known
     * @param templateGiven whether a chat template is given in place of the folder's, so that it may lack one
     * @throws InputException if the configuration is missing or wrong, or the weights are damaged
     */
    public static CheckpointReport of(Path folder, ConfigReader reader, boolean templateGiven) {
        CheckpointFolder found = CheckpointFolder.open(folder, reader);
        GenerationConfig generation = found.generation();
        if (!found.hasWeights()) {
            List<String> warnings = new ArrayList<>();
            warnings.add("weights: none here, so the model cannot be run");
            OtherFiles.warn(found, generation, templateGiven, warnings);
            return new CheckpointReport(
                    folder, found.config(), generation, found.config().parameters(), Optional.empty(), warnings);
        }
        try (WeightStore store = WeightStore.open(found.weightFiles(), found.config())) {
            return of(found, generation, store, templateGiven);
        }
    }

    static CheckpointReport of(
            CheckpointFolder folder, GenerationConfig generation, WeightStore store, boolean templateGiven) {
        List<SafetensorsFile> files = store.files();
        Weights weights = new Weights(
                files.stream().map(SafetensorsFile::path).toList(),
                files.stream().mapToLong(SafetensorsFile::size).sum(),
                store.parametersByType());
        List<String> warnings = new ArrayList<>();
        if (!store.unused().isEmpty()) {
            warnings.add(store.unused().size() + " tensors are not used: " + Listing.firstOf(store.unused()));
        }
        if (folder.has(CheckpointFolder.SINGLE) && folder.has(CheckpointFolder.INDEX)) {
            warnings.add(CheckpointFolder.INDEX + " is not used: " + CheckpointFolder.SINGLE + " goes before it");
        }
        OtherFiles.warn(folder, generation, templateGiven, warnings);
        return new CheckpointReport(
                folder.path(),
                folder.config(),
                generation,
                folder.config().parameters(),
                Optional.of(weights),
                warnings);
    }

    /**
     * Bytes of the weights alone when they are held in one type. If that is the type they are stored in, they are used
     * where they lie, and the system may drop pages it can read again; otherwise this much is allocated.
     *
     * @param type the compute type, mostly {@link StoredType#F32} or {@link StoredType#BF16}
     */
    public long weightBytes(StoredType type) {
        return Math.multiplyExact(parameters, (long) type.bytes());
    }
}
