package sightline.answering;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sightline.dataset.Dataset;

/** What the manifests of answers and of traces have in common. */
public final class ManifestParts {
    private ManifestParts() {}

    /** A manifest of a format. */
    public static ObjectNode begin(int format) {
        return object().put("format", format);
    }

    /** An object without fields. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Adds the checkpoint; the hash of its weights is null until it is there. Returns the part. */
    public static ObjectNode putModel(ObjectNode manifest, StudyCheckpoint checkpoint) {
        ObjectNode model = manifest.putObject("model")
                .put("path", checkpoint.folder().toString())
                .put("fingerprint", checkpoint.fingerprint())
                .putNull("weights")
                .put("processor", checkpoint.processorHash());
        checkpoint.imageMode().ifPresent(mode -> model.put("image_mode", mode.toString()));
        return model;
    }

    /**
     * Adds to the settings how the checkpoint is loaded, and the wording around a dataset's questions. Of the device it tells
     * the kind alone: numbers do not depend on which card computes, nor on how many do.
     */
    public static void putLoading(ObjectNode settings, StudyCheckpoint checkpoint, Dataset dataset) {
        settings.put("dtype", checkpoint.dtype().toString())
                .put("device", checkpoint.loading().device().kind().toString())
                .put("prompt", wording(dataset));
    }

    /** The wording around a dataset's questions, with its slots. */
    private static String wording(Dataset dataset) {
        List<String> slots = List.of("{choice0}", "{choice1}", "{choice2}", "{choice3}");
        int choices = dataset.prompt().choices();
        return dataset.prompt().fill("{question}", slots.subList(0, choices)).text();
    }

    /** What to call a field, by its JSON pointer. */
    public static String fieldName(String field) {
        return switch (field) {
            case "/model/fingerprint" -> "the checkpoint's weights (fingerprint)";
            case "/model/processor" -> "the checkpoint's tokeniser, template or picture settings (sha256)";
            default -> field.substring(field.lastIndexOf('/') + 1);
        };
    }
}
