package sightline.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import picocli.CommandLine.TypeConversionException;
import sightline.console.Console;
import sightline.device.CardMemory;
import sightline.error.InputException;
import sightline.option.Nearest;

/** The one place that tells the user what went wrong, and chooses the exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String END_OF_OPTIONS = "--";

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
        console.note(wording(e, List.of(arguments)) + ". `" + command + " --help` lists all options.");
        return WRONG_USAGE;
    }

    private static String wording(ParameterException e, List<String> arguments) {
        // What is missing is found before what is unknown; but a misspelt option is both, and the second helps more.
        List<String> unknown = e.getCommandLine().getUnmatchedArguments();
        boolean noOptions = arguments.contains(END_OF_OPTIONS);
        if (!unknown.isEmpty()) {
            String first = unknown.get(0);
            int end = arguments.indexOf(END_OF_OPTIONS);
            return noOptions && arguments.subList(end, arguments.size()).contains(first)
                    ? "'" + first + "' stands behind '--', so it is no option, and it is one argument too many"
                    : "'" + first + "' is no option or command here" + suggestion(e.getCommandLine(), first);
        }
        String behind = noOptions ? "; what stands behind '--' is no option" : "";
        if (e instanceof MissingParameterException missing) {
            return "missing: "
                    + missing.getMissing().stream().map(Failures::named).collect(Collectors.joining(", ")) + behind;
        }
        if (e instanceof OverwrittenOptionException twice) {
            return "option " + named(twice.getOverwritten()) + " is given more than once";
        }
        if (e.getCause() instanceof TypeConversionException wrong) {
            String message = wrong.getMessage();
            String argument = e.getArgSpec() == null ? "" : place(e.getArgSpec()) + ": ";
            return message.startsWith(argument) ? message : argument + message;
        }
        return e.getMessage().lines().findFirst().orElse("wrong usage") + behind;
    }

    private static String suggestion(CommandLine line, String unknown) {
        String name = unknown.replaceFirst("=.*", "");
        List<String> names = new ArrayList<>(line.getSubcommands().keySet());
        line.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        List<String> near = Nearest.of(name, names);
        return near.isEmpty() ? "" : ". Perhaps you mean " + String.join(" or ", near);
    }

    private static String place(ArgSpec argument) {
        return argument instanceof OptionSpec named ? named.names()[0] : argument.paramLabel();
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
            console.trace(e);
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
        Optional<String> full = CardMemory.exhausted(e);
        if (full.isPresent()) {
            return "failed: " + full.get() + ". " + CardMemory.NEXT_STEP + ".";
        }
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
