package sightline.app;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code sightline} alone: what all commands share. */
@Command(
        name = "sightline",
        description = "Traces how what a vision-language model sees reaches what it says, by attention knockout.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = RootCommand.Version.class,
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = false,
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong usage, 130 Ctrl-C, 143 kill."})
final class RootCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the full stack trace of a failure.")
    private boolean debug;

    /** Whether failures show their stack trace. */
    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        List<String> commands = List.copyOf(spec.subcommands().keySet());
        int last = commands.size() - 1;
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; expected " + String.join(", ", commands.subList(0, last)) + " or "
                        + commands.get(last));
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Version.class.getPackage().getImplementationVersion();
            return new String[] {
                "sightline " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version()
            };
        }
    }
}
