package sightline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sightline.console.Console;
import sightline.error.InputException;
import sightline.family.MadeUpCheckpoint;
import sightline.family.ModelSize;
import sightline.files.StrictJson;
import sightline.option.Options;
import sightline.terminal.ProgressMeter;

/** Writes a checkpoint of random weights, to try loading, mapping and tracing at a true size. */
@Command(
        name = "checkpoint",
        description = {
            "Writes a checkpoint of random weights in the Hugging Face layout (bfloat16, in shards of 5 GB), with a"
                    + " tokeniser and chat template of its own.",
            "",
            "check, ask and bench --shapes can use it; its answers mean nothing. tiny takes 1 MB on disk, mid 130 MB, 11b"
                    + " 20 GiB."
        },
        sortOptions = false)
public final class CheckpointCommand implements Callable<Integer> {
    private static final long MIB = 1L << 20;
    /** For everything beside the weights; the tokeniser's file is the largest. */
    private static final long OTHER_FILES = 8 * MIB;

    private final Console console;

    @Option(names = "--size", required = true, paramLabel = "SIZE", description = "tiny, mid or 11b.")
    private String size;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where to write it: a folder that does not exist yet, or is empty.")
    private Path out;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "The same seed writes the same weights; 0 by default.")
    private String seed;

    public CheckpointCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        MadeUpCheckpoint checkpoint = new MadeUpCheckpoint(Options.oneOf("--size", size, ModelSize.values()));
        int from = Options.integer("--seed", seed, 0, "7");
        try (NewFolder folder =
                NewFolder.begin("--out", Options.output("--out", out), checkpoint.bytes() + OTHER_FILES)) {
            int all = Math.toIntExact(checkpoint.bytes() / MIB);
            try (ProgressMeter meter = console.progress("writing", "MiB")) {
                checkpoint.write(folder.path(), from, written -> meter.done((int) (written / MIB), all));
            }
            folder.finish();
        } catch (IOException e) {
            throw new InputException("--out", "cannot be written: " + StrictJson.reason(e), "", "Check the disk", e);
        }
        console.print(List.of("Wrote " + out + ". See what it is with: sightline check " + out));
        return 0;
    }
}
