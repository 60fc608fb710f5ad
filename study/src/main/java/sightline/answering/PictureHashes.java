package sightline.answering;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import sightline.error.InputException;
import sightline.files.FileHash;

/** The content of a dataset's pictures: results are of what a picture showed, not of its name. */
public final class PictureHashes {
    /** Stands for the content of a picture that is not there or cannot be read. */
    public static final String NONE = "";

    private PictureHashes() {}

    /**
     * SHA-256 in lower-case hex by name, or {@link #NONE}; the files are read side by side.
     *
     * @param names of files in the folder; any may be there several times
     */
    public static Map<String, String> of(Path folder, Collection<String> names) {
        return new LinkedHashSet<>(names)
                .parallelStream().collect(Collectors.toMap(Function.identity(), name -> hash(folder, name)));
    }

    private static String hash(Path folder, String name) {
        try {
            Path file = folder.resolve(name);
            return Files.isRegularFile(file) ? FileHash.of(file) : NONE;
        } catch (InvalidPathException | InputException e) {
            return NONE; // told when the picture is to be looked at
        }
    }
}
