package sightline.app;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import sightline.ask.AskCommand;
import sightline.bench.BenchCommand;
import sightline.bench.CheckpointCommand;
import sightline.check.CheckCommand;
import sightline.console.Console;
import sightline.cuda.CudaCommand;
import sightline.demo.DemoCommand;
import sightline.demo.TrainDemoCommand;
import sightline.explore.ExploreCommand;
import sightline.option.PathName;
import sightline.report.ReportCommand;
import sightline.study.AnswerCommand;
import sightline.study.ScoreCommand;
import sightline.study.SelectCommand;
import sightline.study.StudyCommand;
import sightline.study.TraceCommand;

/** The command line's entry point. Exit status: 0 done, 1 failed, 2 wrong usage. */
public final class Sightline {
    /** How each command is made, by its name. */
    static final Map<String, Function<Console, Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("ask", AskCommand::new);
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put("answer", AnswerCommand::new);
        COMMANDS.put("score", ScoreCommand::new);
        COMMANDS.put("select", SelectCommand::new);
        COMMANDS.put("trace", TraceCommand::new);
        COMMANDS.put("report", ReportCommand::new);
        COMMANDS.put("study", StudyCommand::new);
        COMMANDS.put("explore", ExploreCommand::new);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("cuda", CudaCommand::new);
        COMMANDS.put("train-demo", TrainDemoCommand::new);
        COMMANDS.put("bench", console -> new CommandLine(new BenchCommand(console))
                .addSubcommand(new CheckpointCommand(console)));
    }

    private Sightline() {}

    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs one command line and returns its exit status. */
    static int run(Console console, String... arguments) {
        RootCommand root = new RootCommand();
        Failures failures = new Failures(console, root::debug);
        try {
            int status = commandLine(root, console, failures, arguments).execute(arguments);
            return status == 0 ? failures.statusOfOutput() : status;
        } catch (Error e) { // out of memory, or native libraries that this platform lacks
            return failures.report(e);
        }
    }

    /** The commands that a command line can speak of: reading all options of the others takes longer than the rest of the start. */
    private static Collection<String> needed(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        if (COMMANDS.containsKey(first)) {
            return List.of(first);
        }
        boolean versionAlone =
                arguments.length == 1 && List.of("--version", "-V").contains(first);
        return versionAlone ? List.of() : COMMANDS.keySet();
    }

    private static CommandLine commandLine(RootCommand root, Console console, Failures failures, String... arguments) {
        CommandLine line = new CommandLine(root);
        for (String name : needed(arguments)) {
            line.addSubcommand(name, COMMANDS.get(name).apply(console));
        }
        line.registerConverter(Path.class, new PathName()); // also of all commands above
        line.setExpandAtFiles(false); // a question may begin with @
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.look().colour() ? Ansi.ON : Ansi.OFF));
        line.setOut(console.outWriter());
        line.setErr(console.errWriter());
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        return line;
    }
}
