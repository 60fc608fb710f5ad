package sightline.answering;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sightline.checkpoint.CheckpointFiles;
import sightline.error.InputException;
import sightline.files.FileHash;
import sightline.image.ImageMode;
import sightline.model.LoadOptions;
import sightline.model.ProcessorOptions;
import sightline.text.ChatTemplate;

/**
 * What tokens and pixels depend on beside the weights, as it was when it was looked at.
 *
 * @param checkpoint the folder
 * @param loading how it is loaded
 * @param hash one SHA-256 over {@link CheckpointFiles#PROCESSOR} and further templates of a checkpoint, as it is loaded. What is
 *     given in place of what they say counts too; of a template the text, wherever it lies
 * @param templates one over those templates alone: no {@link CheckpointFiles} watches them
 */
record ProcessorFiles(Path checkpoint, LoadOptions loading, String hash, String templates) {
    /** Newer folders keep further templates here. */
    private static final String MORE_TEMPLATES = "additional_chat_templates";

    static ProcessorFiles of(Path checkpoint, LoadOptions loading) {
        List<String> names = new ArrayList<>(CheckpointFiles.PROCESSOR);
        names.addAll(moreTemplates(checkpoint));
        return new ProcessorFiles(
                checkpoint,
                loading,
                withGiven(FileHash.of(checkpoint, names), loading),
                templates(checkpoint, loading));
    }

    private static String withGiven(String files, LoadOptions loading) {
        ProcessorOptions given = loading.processor();
        String hash = with(files, "", given.chatTemplate().map(ChatTemplate::text));
        hash = with(hash, "image mode ", given.imageMode().map(ImageMode::toString));
        return with(hash, "system message ", given.system());
    }

    private static String with(String hash, String what, Optional<String> given) {
        return given.map(text -> FileHash.of(hash + " " + what + text)).orElse(hash);
    }

    private static String templates(Path checkpoint, LoadOptions loading) {
        return withGiven(FileHash.of(checkpoint, moreTemplates(checkpoint)), loading);
    }

    /**
     * Sees to it that the templates are as they were.
     *
     * @throws InputException if one was changed
     */
    void requireTemplatesUnchanged() {
        if (!templates(checkpoint, loading).equals(templates)) {
            Path place = loading.processor().chatTemplate().orElse(checkpoint.resolve(MORE_TEMPLATES));
            throw new InputException(
                    place.toString(),
                    "was changed while the model was in use",
                    "chat templates that nobody touches until the end",
                    "What was finished before is kept. Give the same command again: it goes on if the content is what it"
                            + " was");
        }
    }

    private static List<String> moreTemplates(Path checkpoint) {
        Path folder = checkpoint.resolve(MORE_TEMPLATES);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> MORE_TEMPLATES + "/" + file.getFileName())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException(
                    folder.toString(), "cannot be listed: " + e, "a readable folder", "Check its permissions", e);
        }
    }
}
