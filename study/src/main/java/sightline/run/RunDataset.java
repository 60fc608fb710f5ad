package sightline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sightline.error.InputException;
import sightline.files.OwnFiles;
import sightline.files.StrictJson;
import sightline.files.WorkLock;
import sightline.run.Manifest.DatasetFile;

/** The dataset that a run is of. It may change between the calls; what is finished of samples still in it counts. */
final class RunDataset {
    private RunDataset() {}

    /**
     * Notes the dataset in the run's folder. Nobody else may be beginning meanwhile, and no stretch of the work be held here.
     *
     * @param file of this call; the run's manifest is there and has the same settings
     * @throws InputException if it is another dataset than before, and another process still traces that
     */
    static void use(RunFolder folder, DatasetFile file, CurrentSamples dataset) {
        boolean changes = Manifest.changesDataset(folder, file);
        if (!changes && dataset.areIn(folder)) {
            return;
        }
        if (!changes && !Files.exists(folder.dataset())) {
            dataset.write(folder); // the run begins
            return;
        }
        try (WorkLock all = all(folder)) {
            dataset.write(folder);
            deleteResults(folder);
            Manifest.changeDataset(folder, file);
        }
    }

    /** Keeps all shards out. */
    private static WorkLock all(RunFolder folder) {
        return WorkLock.tryTake(folder.lock())
                .orElseThrow(() -> new InputException(
                        folder.path().toString(),
                        "another process is tracing another dataset's file into this run, or pictures of other content",
                        "the same file and pictures for all shards",
                        "Give the same, or wait for that process"));
    }

    /** All results of another dataset would be taken for those of this one. */
    private static void deleteResults(RunFolder folder) {
        try (OwnFiles own = OwnFiles.in(folder.path())) {
            for (Path table : folder.tables()) {
                own.delete(table);
            }
            for (Path sample : folder.published()) {
                own.delete(sample);
            }
        } catch (IOException e) {
            throw new InputException(
                    folder.path().toString(),
                    "results of another dataset in it cannot be deleted: " + StrictJson.reason(e),
                    "a folder that can be written to",
                    "Check its permissions",
                    e);
        }
    }
}
