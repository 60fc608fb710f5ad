package sightline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sightline.checkpoint.CheckpointReport;
import sightline.console.Console;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.family.MadeUpCheckpoint;
import sightline.family.ModelSize;
import sightline.files.StrictJson;
import sightline.option.NewFolder;
import sightline.option.Options;
import sightline.terminal.ProgressMeter;

/** Writes a checkpoint that knows nothing: of a true size, to try loading and tracing, or a model's own weights permuted. */
@Command(
        name = "checkpoint",
        description = {
            "Writes a checkpoint that knows nothing, in the Hugging Face layout.",
            "",
            "--size: of random weights (bfloat16, in shards of 5 GB), with a tokeniser and chat template of its own. check,"
                    + " ask and bench --shapes can use it. tiny and llava-tiny take 1 MB on disk, mid 130 MB, llava-7b 13 GiB, 11b 20 GiB.",
            "",
            "--permuted: a model's own checkpoint with the entries of each matrix permuted; norms, gates and embeddings,"
                    + " tokeniser and chat template stay. A control for a whole study: see docs/statistics.md."
        },
        sortOptions = false)
public final class CheckpointCommand implements Callable<Integer> {
    private static final long MIB = 1L << 20;
    /** For everything beside the weights; the tokeniser's file is the largest. */
    private static final long OTHER_FILES = 32 * MIB;

    private interface Writing {
        void to(Path folder, LongConsumer written) throws IOException;
    }

    private final Console console;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "Random weights of a size: tiny, mid or 11b, or of a" + " LLaVA-1.5: llava-tiny or llava-7b.")
    private String size;

    @Option(
            names = "--permuted",
            paramLabel = "MODEL",
            description = "The weights of this checkpoint, permuted; the checkpoint itself is only read.")
    private Path permuted;

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
        if ((size == null) == (permuted == null)) {
            throw new InputException(
                    "--size",
                    size == null ? "is missing, and so is --permuted" : "is given beside --permuted",
                    "one of the two",
                    size == null ? "For example --size tiny, or --permuted MODEL" : "Leave one out");
        }
        int from = Options.integer("--seed", seed, 0, "7");
        if (permuted == null) {
            MadeUpCheckpoint checkpoint = new MadeUpCheckpoint(Options.oneOf("--size", size, ModelSize.values()));
            write(checkpoint.bytes(), (folder, written) -> checkpoint.write(folder, from, written));
        } else {
            CheckpointReport original = Families.report(Options.path("--permuted", permuted), false);
            long bytes = original.weights().map(CheckpointReport.Weights::bytes).orElse(0L);
            write(bytes, (folder, written) -> Families.writePermuted(original, folder, from, written));
        }
        console.print(List.of("Wrote " + out + ". See what it is with: sightline check " + out));
        return 0;
    }

    private void write(long bytes, Writing writing) {
        try (NewFolder folder = NewFolder.begin("--out", Options.output("--out", out), bytes + OTHER_FILES)) {
            int all = Math.toIntExact(bytes / MIB);
            try (ProgressMeter meter = console.progress("writing", "MiB")) {
                writing.to(folder.path(), written -> meter.done((int) (written / MIB), all));
            }
            folder.finish();
        } catch (IOException e) {
            throw new InputException("--out", "cannot be written: " + StrictJson.reason(e), "", "Check the disk", e);
        }
    }
}
