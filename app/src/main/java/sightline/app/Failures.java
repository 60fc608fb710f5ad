package sightline.app;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import sightline.error.InputException;

/** The one place that tells the user what went wrong, and chooses the exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final Console console;
    private final BooleanSupplier debug;

    /** @param debug whether stack traces are wanted, once options are read */
    Failures(Console console, BooleanSupplier debug) {
        this.console = console;
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        console.note(wording(e) + ". `" + command + " --help` lists all options.");
        return WRONG_USAGE;
    }

    private static String wording(ParameterException e) {
        // What is missing is found before what is unknown; but a misspelt option is both, and the second helps more.
        List<String> unknown = e.getCommandLine().getUnmatchedArguments();
        if (!unknown.isEmpty()) {
            List<String> meant = new UnmatchedArgumentException(e.getCommandLine(), unknown).getSuggestions();
            return "'" + unknown.get(0) + "' is no option or command here"
                    + (meant.isEmpty() ? "" : ". Perhaps you mean " + String.join(" or ", meant));
        }
        if (e instanceof MissingParameterException missing) {
            return "missing: "
                    + missing.getMissing().stream().map(Failures::named).collect(Collectors.joining(", "));
        }
        if (e instanceof OverwrittenOptionException twice) {
            return "option " + named(twice.getOverwritten()) + " is given more than once";
        }
        return e.getMessage().lines().findFirst().orElse("wrong usage");
    }

    private static String named(ArgSpec argument) {
        String option = argument instanceof OptionSpec named ? named.names()[0] + " " : "";
        return option + argument.paramLabel();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return report(e);
    }

    /** Reports a failure and returns the exit status for it. */
    int report(Throwable e) {
        if (debug.getAsBoolean()) {
            e.printStackTrace(console.err());
        }
        if (e instanceof InputException input) {
            console.note(input.getMessage());
            return input.place().startsWith("--") ? WRONG_USAGE : FAILED;
        }
        console.note(firstLine(e) + (debug.getAsBoolean() ? "" : " Run again with --debug for the full trace."));
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
