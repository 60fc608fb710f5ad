package sightline.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.image.ImageMode;
import sightline.model.ProcessorOptions;

/** What is given in place of what a checkpoint's files say of pictures and prompts. */
public final class InputOptions {
    @Option(
            names = "--chat-template",
            paramLabel = "FILE",
            description =
                    "A chat template in place of the checkpoint's, which the base model needs: a file with the template, a"
                            + " JSON file with the field chat_template, or the folder of a checkpoint that has one.")
    private Path template;

    @Option(
            names = "--image-mode",
            paramLabel = "MODE",
            description =
                    "What LLaVA-1.5 sees of a picture that is no square, in place of what the checkpoint's files say: crop,"
                            + " its middle, or pad, all of it in a square of one colour, as the original code does.")
    private String imageMode;

    @Option(
            names = "--system",
            paramLabel = "TEXT",
            description = "A system message before every question, if the chat template takes one. Default: none.")
    private String system;

    /** The options given. */
    public ProcessorOptions given() {
        return new ProcessorOptions(
                Optional.ofNullable(template).map(path -> Options.path("--chat-template", path)),
                Optional.ofNullable(imageMode).map(InputOptions::mode),
                Optional.ofNullable(system));
    }

    private static ImageMode mode(String value) {
        return Options.oneOf("--image-mode", value, ImageMode.values());
    }
}
