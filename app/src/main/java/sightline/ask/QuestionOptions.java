package sightline.ask;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import sightline.option.Options;
import sightline.text.Prompt;
import sightline.text.PromptFormat;

/** Which picture, and what is asked about it. */
final class QuestionOptions {
    @Option(
            names = "--image",
            required = true,
            paramLabel = "FILE",
            description = "The picture: PNG, JPEG, GIF, BMP, TIFF or WebP.")
    private Path image;

    @Option(
            names = "--image_dir",
            paramLabel = "DIR",
            description = "The folder that --image is relative to; the current one by default.")
    private Path imageFolder;

    @Option(names = "--question", required = true, paramLabel = "TEXT", description = "The question.")
    private String question;

    @Option(
            names = "--prompt",
            defaultValue = "plain",
            paramLabel = "FORMAT",
            description = "The wording around the question: plain (none, the default), vqav2, visual7w or docvqa.")
    private String format;

    @Option(
            names = "--choice",
            paramLabel = "TEXT",
            description = "An answer to choose from; four times with --prompt visual7w.")
    private List<String> choices = List.of();

    Path image() {
        Path file = Options.path("--image", image);
        return imageFolder == null ? file : imageFolder.resolve(file);
    }

    /** The name of the wording around the question. */
    String wording() {
        return format;
    }

    List<String> choices() {
        return choices;
    }

    Prompt prompt() {
        return PromptFormat.of(format).fill(question, choices);
    }
}
