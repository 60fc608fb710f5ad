package sightline.app;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import sightline.ask.AskCommand;
import sightline.bench.BenchCommand;
import sightline.bench.CheckpointCommand;
import sightline.check.CheckCommand;
import sightline.console.Console;
import sightline.demo.DemoCommand;
import sightline.demo.TrainDemoCommand;
import sightline.option.PathName;
import sightline.report.ReportCommand;
import sightline.study.AnswerCommand;
import sightline.study.ScoreCommand;
import sightline.study.SelectCommand;
import sightline.study.StudyCommand;
import sightline.study.TraceCommand;

/** The command line's entry point. Exit status: 0 done, 1 failed, 2 wrong usage. */
public final class Sightline {
    private Sightline() {}

    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs one command line and returns its exit status. */
    static int run(Console console, String... arguments) {
        RootCommand root = new RootCommand();
        Failures failures = new Failures(console, root::debug);
        try {
            int status = commandLine(root, console, failures).execute(arguments);
            return status == 0 ? failures.statusOfOutput() : status;
        } catch (Error e) { // out of memory, or native libraries that this platform lacks
            return failures.report(e);
        }
    }

    private static CommandLine commandLine(RootCommand root, Console console, Failures failures) {
        CommandLine line = new CommandLine(root);
        line.addSubcommand(new AskCommand(console));
        line.addSubcommand(new DemoCommand(console));
        line.addSubcommand(new AnswerCommand(console));
        line.addSubcommand(new ScoreCommand(console));
        line.addSubcommand(new SelectCommand(console));
        line.addSubcommand(new TraceCommand(console));
        line.addSubcommand(new ReportCommand(console));
        line.addSubcommand(new StudyCommand(console));
        line.addSubcommand(new CheckCommand(console));
        line.addSubcommand(new TrainDemoCommand(console));
        CommandLine bench = new CommandLine(new BenchCommand(console));
        bench.addSubcommand(new CheckpointCommand(console));
        line.addSubcommand(bench);
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
