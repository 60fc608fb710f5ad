package sightline.model;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import sightline.image.ImageMode;

/**
 * What is given in place of what the files of a checkpoint's processor say; whatever is empty is the checkpoint's own.
 *
 * @param chatTemplate a file with a chat template, or a folder or JSON file that has one
 * @param imageMode what is done with a picture that is no square, in families that have a choice
 * @param system the text of a system message before every question; empty writes none
 */
public record ProcessorOptions(Optional<Path> chatTemplate, Optional<ImageMode> imageMode, Optional<String> system) {
    /** Nothing given. */
    public static final ProcessorOptions NONE =
            new ProcessorOptions(Optional.empty(), Optional.empty(), Optional.empty());

    public ProcessorOptions {
        Objects.requireNonNull(chatTemplate);
        Objects.requireNonNull(imageMode);
        Objects.requireNonNull(system);
    }
}
