package sightline.ask;

import java.util.List;
import picocli.CommandLine.Option;
import sightline.text.Prompt;
import sightline.text.PromptFormat;

/** What is asked. */
final class QuestionOptions {
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
