package sightline.checkpoint;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import sightline.error.InputException;

/**
 * The state of a checkpoint's files at one moment, so that it can be seen later whether one of them was written to,
 * replaced, added or removed since. Weights are mapped: a change of their file is one of the model that is at work.
 */
public final class CheckpointFiles {
    /** What tokens, pixels and answers depend on beside configuration and weights, in alphabetical order. */
    public static final List<String> PROCESSOR = List.of(
            "added_tokens.json",
            "chat_template.jinja",
            "chat_template.json",
            "generation_config.json",
            "preprocessor_config.json",
            "processor_config.json",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json");

    private final Path folder;
    private final Map<String, Optional<FileState>> states;

    private CheckpointFiles(Path folder, Map<String, Optional<FileState>> states) {
        this.folder = folder;
        this.states = states;
    }

    /** Their state now. A folder that is not there has no files. */
    static CheckpointFiles of(Path folder) {
        Map<String, Optional<FileState>> states = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return new CheckpointFiles(folder, states);
        }
        TreeSet<String> names = new TreeSet<>(PROCESSOR);
        names.add(CheckpointFolder.CONFIG);
        names.add(CheckpointFolder.INDEX);
        try (DirectoryStream<Path> weights = Files.newDirectoryStream(folder, "*.safetensors")) {
            weights.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (IOException | DirectoryIteratorException e) {
            throw new InputException(
                    folder.toString(), "cannot be read: " + e, "a readable folder", "Check its permissions", e);
        }
        names.forEach(name -> states.put(name, FileState.of(folder.resolve(name))));
        return new CheckpointFiles(folder, states);
    }

    /**
     * The state of one of them.
     *
     * @throws InputException if it was not there
     */
    FileState state(Path file) {
        return states.getOrDefault(String.valueOf(file.getFileName()), Optional.empty())
                .orElseThrow(() -> changed(file));
    }

    /**
     * Sees to it that all are as they were.
     *
     * @throws InputException naming the first that is not
     */
    public void requireUnchanged() {
        requireSame(of(folder));
    }

    /**
     * Sees to it that these are files of the same state as others, wherever they lie; of a moved folder they are.
     *
     * @throws InputException naming the first that is not
     */
    public void requireSame(CheckpointFiles others) {
        List<String> names = new ArrayList<>(states.keySet());
        others.states.keySet().stream()
                .filter(name -> !states.containsKey(name))
                .forEach(names::add);
        for (String name : names) {
            Optional<FileState> now = others.states.getOrDefault(name, Optional.empty());
            if (!states.getOrDefault(name, Optional.empty()).equals(now)) {
                throw changed(folder.resolve(name));
            }
        }
    }

    private static InputException changed(Path file) {
        return new InputException(
                file.toString(),
                "was changed while the model was in use",
                "a checkpoint that nobody touches until the end",
                "What was finished before is kept. Give the same command again: it goes on if the content is what it was");
    }
}
