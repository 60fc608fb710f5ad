package sightline.bench;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.answering.SampleChecks;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.RandomWeights;
import sightline.checkpoint.WeightSource;
import sightline.console.Console;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.family.ModelSize;
import sightline.measure.BenchReport;
import sightline.measure.BenchSample;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.option.CutOptions;
import sightline.option.DeviceChoice;
import sightline.option.DeviceOption;
import sightline.option.ModelOptions;
import sightline.option.Options;
import sightline.tensor.DType;
import sightline.terminal.ProgressMeter;

/** Measures the engine on one sample, and the machine that it runs on. */
@Command(
        name = "bench",
        description = {
            "Times one made-up sample step by step, and holds the times against the plan and this machine's limits.",
            "",
            "The best rate is that of large matrix products alone. A step's predicted time is that of its own products,"
                    + " each at the rate measured for its shape; what is measured beyond that went into everything else."
        },
        sortOptions = false,
        footer = {"", "Example:", "  sightline bench --shapes 11b --prompt-tokens 160 --runs 1"})
public final class BenchCommand implements Callable<Integer> {
    private static final String ALL = "all";

    /** With fewer, no layer reads the image. */
    private static final int LEAST_LAYERS = 4;

    /** Of a prompt, beside the image tokens. */
    private static final int WORDS = 99;

    private final Console console;

    @Option(
            names = "--shapes",
            defaultValue = "mid",
            paramLabel = "NAME|DIR",
            description =
                    "The model: tiny, mid (default), 11b, llava-tiny or llava-7b, with random weights (in 11b and llava-7b"
                            + " all layers of a kind share one layer's, so that they fit into memory); or a"
                            + " checkpoint's folder.")
    private String shapes;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description = "Decoder layers of a model with random weights; as many as it has by default.")
    private String layers;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            description = "Length of the prompt, image tokens included; 99 and those by default.")
    private String promptTokens;

    @Option(
            names = "--answer-tokens",
            defaultValue = "3",
            paramLabel = "N",
            description = "Length of the traced answer; 3 by default.")
    private String answerTokens;

    @Option(
            names = "--tiles",
            paramLabel = "N",
            description = "Tiles that hold picture; by default the most that the model has, 4 or 1. Padding tiles are"
                    + " computed all the same.")
    private String tiles;

    @Mixin
    private CutOptions cuts;

    @Option(
            names = "--dtype",
            defaultValue = "auto",
            paramLabel = "TYPE",
            description = "Number format of hidden states: auto (default), float32 or bfloat16.")
    private String dtype;

    @Mixin
    private DeviceOption device;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Also measure how many samples a second N workers get through at once with one model, each --runs"
                            + " samples.")
    private String workers;

    @Option(
            names = "--runs",
            defaultValue = "2",
            paramLabel = "N",
            description = "How often to run each step; the fastest counts. 2 by default: a first run is slower, because"
                    + " Java still compiles.")
    private String runs;

    @Option(
            names = "--naive",
            defaultValue = "2",
            paramLabel = "N|all",
            description = "Text passes of the naive sweep to time, 2 by default; the time of all is extrapolated from"
                    + " them. 'all' runs all and compares the numbers too; 0 none.")
    private String naive;

    @Option(
            names = "--heads",
            description = "Also time the sweep with each attention head silenced alone, beside what is cut.")
    private boolean heads;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    public BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        OptionalInt prompt = given("--prompt-tokens", promptTokens, BenchSample.LEAST_PROMPT, "160");
        OptionalInt tiled = given("--tiles", tiles, 1, "4");
        int answer = Options.integer("--answer-tokens", answerTokens, 1, "3");
        int repeats = Options.integer("--runs", runs, 1, "2");
        OptionalInt passes = naive.equals(ALL)
                ? OptionalInt.empty()
                : OptionalInt.of(Options.integer("--naive", naive, 0, "2, or --naive all"));
        int several = workers == null ? 0 : Options.integer("--workers", workers, 1, "4");
        Optional<DType> type = ModelOptions.type(dtype);
        DeviceChoice chosen = device.chosen();
        LoadOptions options = type.map(chosen.loading()::withDType).orElseGet(chosen::loading);
        chosen.tell(console);
        try (VisionLanguageModel model = made(options)) {
            ModelConfig config = model.config();
            BenchSample sample = new BenchSample(
                    prompt.orElse(config.imageRows() + WORDS),
                    answer,
                    tiled.orElse(config.mostTiles()),
                    cuts.pathways(),
                    cuts.sizes());
            requireFits(sample, model);
            BenchReport report = new BenchRun(console, shapes, model, sample, heads).measure(repeats, passes, several);
            if (json) {
                console.printJson(BenchJson.line(report));
            } else {
                console.print(BenchText.lines(report));
            }
        }
        return 0;
    }

    private static OptionalInt given(String option, String value, int least, String example) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(Options.integer(option, value, least, example));
    }

    private VisionLanguageModel made(LoadOptions options) {
        try (ProgressMeter meter = console.progress("making the model", "")) {
            return Families.of(source(), options);
        }
    }

    private WeightSource source() {
        Optional<ModelSize> size = ModelSize.named(shapes);
        if (size.isPresent()) {
            int count = layers == null ? size.get().layers() : Options.integer("--layers", layers, LEAST_LAYERS, "20");
            return new RandomWeights(size.get().config(count), 0, size.get().isTooLarge());
        }
        Path folder = folder();
        if (layers != null) {
            throw new InputException(
                    "--layers",
                    layers + " was asked for, but " + shapes + " has its own layers",
                    "--shapes with the name of a model, such as mid",
                    "Leave --layers out");
        }
        return Families.open(folder);
    }

    /** The checkpoint's, where {@code --shapes} names none of ours. */
    private Path folder() {
        try {
            Path folder = Options.path("--shapes", Path.of(shapes));
            if (Files.exists(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            // said below
        }
        List<String> names =
                Arrays.stream(ModelSize.values()).map(ModelSize::toString).toList();
        throw Options.unknown(
                "--shapes", shapes, names, "one of " + String.join(", ", names) + ", or a checkpoint's folder");
    }

    private static void requireFits(BenchSample sample, VisionLanguageModel model) {
        int least = model.config().imageRows() - 1 + BenchSample.LEAST_PROMPT;
        if (sample.promptTokens() < least) {
            throw Options.wrong(
                    "--prompt-tokens",
                    Integer.toString(sample.promptTokens()),
                    "at least " + least + ", as " + model.config().imageRows() + " stand for the picture",
                    Integer.toString(least));
        }
        int most = model.config().mostTiles();
        if (sample.tiles() > most) {
            throw Options.wrong("--tiles", Integer.toString(sample.tiles()), "at most " + most, Integer.toString(most));
        }
        SampleChecks.requireRoom(
                model,
                (long) sample.promptTokens() + sample.answerTokens(),
                "--prompt-tokens",
                sample.promptTokens() + " and " + sample.answerTokens() + " answer tokens do not fit into the model",
                "at most " + SampleChecks.positions(model) + " together",
                "Give fewer");
    }
}
