package sightline.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A chat template in place of the checkpoint's. */
public final class TemplateOption {
    @Option(
            names = "--chat-template",
            paramLabel = "FILE",
            description =
                    "A chat template in place of the checkpoint's, which the base model needs: a file with the template, a"
                            + " JSON file with the field chat_template, or the folder of a checkpoint that has one.")
    private Path file;

    /** The file, if one is given. */
    public Optional<Path> given() {
        return Optional.ofNullable(file).map(path -> Options.path("--chat-template", path));
    }
}
