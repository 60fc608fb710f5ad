package sightline.selection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.StrictJson;

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
        Folders.make(folder);
        return new SelectionFiles(folder, dataset);
    }

    /**
     * Refuses to overwrite what is selected from.
     *
     * @param correct the file of the correct answers
     * @throws InputException if it is one of these
     */
    void requireOther(Path correct) {
        try {
            for (Path file : all()) {
                if (Files.exists(file) && Files.exists(correct) && Files.isSameFile(correct, file)) {
                    throw new InputException(
                            correct.toString(),
                            "would be overwritten by the selection",
                            "another folder for the selection",
                            "Choose another --out");
                }
            }
        } catch (IOException e) {
            throw new InputException(
                    correct.toString(), "cannot be looked at: " + StrictJson.reason(e), "", "Check its permissions", e);
        }
    }

    /** Ids by category, as both files of ids have them. */
    static ObjectNode json(Map<String, List<Long>> ids) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ids.forEach((category, list) -> {
            ArrayNode array = json.putArray(category);
            list.forEach(array::add);
        });
        return json;
    }

    /** Correct answers joined with their questions. */
    Path correct() {
        return folder.resolve(dataset.tag() + "_dataset_correct_answers.json");
    }

    /** Their ids by category. */
    Path ids() {
        return folder.resolve("ids_" + dataset.tag() + ".json");
    }

    /** The ids drawn. */
    Path idsFiltered() {
        return folder.resolve("ids_" + dataset.tag() + "_filtered.json");
    }

    /** The entries drawn. */
    Path filtered() {
        return folder.resolve("filtered_dataset_" + dataset.tag() + ".json");
    }

    List<Path> all() {
        return List.of(correct(), ids(), idsFiltered(), filtered());
    }

    /** Those that this dataset has. */
    List<Path> written() {
        return dataset.sampled() ? all() : List.of(correct(), ids());
    }

    /** The one that is traced. */
    Path toTrace() {
        return dataset.sampled() ? filtered() : correct();
    }
}
