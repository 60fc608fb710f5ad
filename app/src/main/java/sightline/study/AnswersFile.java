package sightline.study;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sightline.option.Options;

/** The published scripts' option for a file of answers, which our commands take by its place. */
final class AnswersFile {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--answer_path",
            paramLabel = "FILE",
            description = "The same as ANSWERS, for the published command lines.")
    private Path answerPath;

    /**
     * The file.
     *
     * @param answers the one named by its place; null if none is
     */
    Path file(Path answers) {
        if ((answers == null) == (answerPath == null)) {
            throw new ParameterException(
                    command.commandLine(),
                    answers == null ? "missing: ANSWERS" : "ANSWERS and --answer_path are the same; leave one out");
        }
        return answers == null ? Options.path("--answer_path", answerPath) : Options.path("ANSWERS", answers);
    }
}
