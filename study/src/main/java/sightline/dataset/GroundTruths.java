package sightline.dataset;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people answered, out of a filtered dataset. */
public final class GroundTruths {
    private GroundTruths() {}

    /**
     * The answers to each question, by its id. Entries that cannot be used have none: {@link FilteredDataset} tells of them.
     *
     * @throws sightline.error.InputException if the file cannot be read, or is not such a file
     */
    public static Map<Long, List<String>> byId(Dataset dataset, Path file) {
        Map<Long, List<String>> byId = new HashMap<>();
        Texts texts = new Texts();
        JsonEntries.visit(file, "", (index, json) -> {
            try {
                Entry entry = Entry.of(file.toString(), index, "", json);
                List<GroundTruth> truths = dataset.form().truths(entry, texts);
                byId.put(
                        entry.id(dataset.idField()),
                        truths.stream().map(GroundTruth::text).toList());
            } catch (Entry.Unusable e) {
                // no answers, so no region; why is told where the dataset is read
            }
        });
        return byId;
    }
}
