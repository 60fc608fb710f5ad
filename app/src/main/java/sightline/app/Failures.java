package sightline.app;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import sightline.error.InputException;

/** The one place that tells the user what went wrong, and chooses the exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    /** Whether the arguments ask for stack traces, known even if they could not be parsed. */
    static boolean wantsDebug(String... arguments) {
        return Arrays.asList(arguments).contains("--debug");
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        StringBuilder text = new StringBuilder(e.getMessage().lines().findFirst().orElse(""));
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> meant = unmatched.getSuggestions();
            text.append(meant.isEmpty() ? "" : ". Perhaps you mean " + String.join(" or ", meant));
        }
        console.note(text + ". `" + command + " --help` lists all options.");
        return WRONG_USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return report(e, wantsDebug(parsed.originalArgs().toArray(String[]::new)));
    }

    /** Reports a failure and returns the exit status for it. */
    int report(Throwable e, boolean debug) {
        if (debug) {
            e.printStackTrace(console.err());
        }
        if (e instanceof InputException input) {
            console.note(input.getMessage());
            return input.place().startsWith("--") ? WRONG_USAGE : FAILED;
        }
        console.note(firstLine(e) + (debug ? "" : " Run again with --debug for the full trace."));
        return FAILED;
    }

    /** The first line alone: the native engine puts its own stack trace behind it. */
    private static String firstLine(Throwable e) {
        String line = e.getMessage() == null
                ? ""
                : e.getMessage().lines().findFirst().orElse("").strip();
        if (e instanceof OutOfMemoryError) {
            return "out of memory: " + line + ". Give Java more, for example SIGHTLINE_JAVA_OPTS=-Xmx8g.";
        }
        String what = e.getClass().getSimpleName() + (line.isEmpty() ? "" : ": " + line);
        return "failed: " + what + (what.endsWith(".") ? "" : ".");
    }

    /** 0 if all of stdout was written; otherwise says that it was not. */
    int statusOfOutput() {
        if (console.out().checkError()) {
            console.note("stdout: the result could not be written. Check the disk or the program that reads it.");
            return FAILED;
        }
        return 0;
    }
}
