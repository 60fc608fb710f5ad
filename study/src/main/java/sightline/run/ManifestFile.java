package sightline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Set;
import sightline.error.InputException;
import sightline.files.SettingsFile;

/** Writes and reads a run's manifest, and holds a resumed run against it. */
public final class ManifestFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What may differ between the calls of one run. */
    private static final Set<String> FREE = Set.of("/sightline", "/created", "/dataset_file/path", "/model/path");

    private ManifestFile() {}

    /**
     * Reads a run's manifest.
     *
     * @throws InputException if it is not there or not one of this format
     */
    public static Manifest read(Path file) {
        try {
            return MAPPER.treeToValue(SettingsFile.read(file, Manifest.FORMAT), Manifest.class);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    file.toString(),
                    "is no manifest: " + e.getOriginalMessage(),
                    "the file with which a run begins",
                    "Give another folder",
                    e);
        }
    }

    /**
     * Begins a run, or sees to it that it goes on as it began.
     *
     * @throws InputException naming the first setting that differs
     */
    static void beginOrCompare(Path file, Manifest manifest) {
        SettingsFile.beginOrCompare(file, MAPPER.valueToTree(manifest), FREE, ManifestFile::wording);
    }

    private static String wording(String field) {
        return switch (field) {
            case "/dataset_file/sha256" -> "the content of the dataset's file (sha256)";
            case "/model/fingerprint" -> "the checkpoint's weights (fingerprint)";
            case "/model/processor" -> "the checkpoint's tokeniser, template or picture settings (sha256)";
            default -> field.substring(field.lastIndexOf('/') + 1);
        };
    }
}
