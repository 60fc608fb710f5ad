package sightline.selection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.files.Json;

/**
 * The files of a selection, under the published names.
 *
 * @param folder that holds them
 * @param dataset whose name, as the published files have it, is part of theirs
 */
record SelectionFiles(Path folder, Dataset dataset) {
    /**
     * The files in a folder, which is made if it is not there.
     *
     * @throws InputException if it cannot be made
     */
    static SelectionFiles in(Path folder, Dataset dataset) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException(
                    folder.toString(),
                    Files.exists(folder) ? "is a file" : "cannot be made: " + Json.reason(e),
                    "a folder for the selection",
                    "Choose another --out",
                    e);
        }
        return new SelectionFiles(folder, dataset);
    }

    private String tag() {
        return dataset == Dataset.VQAV2 ? "vqa" : dataset.toString();
    }

    /** Correct answers joined with their questions. */
    Path correct() {
        return folder.resolve(tag() + "_dataset_correct_answers.json");
    }

    /** Their ids by category. */
    Path ids() {
        return folder.resolve("ids_" + tag() + ".json");
    }

    /** The ids drawn. */
    Path idsFiltered() {
        return folder.resolve("ids_" + tag() + "_filtered.json");
    }

    /** The entries drawn. */
    Path filtered() {
        return folder.resolve("filtered_dataset_" + tag() + ".json");
    }

    List<Path> all() {
        return List.of(correct(), ids(), idsFiltered(), filtered());
    }

    /** Those that this dataset has. */
    List<Path> written() {
        return dataset == Dataset.DOCVQA ? List.of(correct(), ids()) : all();
    }

    /** The one that is traced. */
    Path toTrace() {
        return dataset == Dataset.DOCVQA ? correct() : filtered();
    }
}
