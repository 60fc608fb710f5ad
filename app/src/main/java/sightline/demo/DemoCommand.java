package sightline.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.analysis.SummarySettings;
import sightline.answering.AnswerPlan;
import sightline.console.Console;
import sightline.console.Interruption;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialDataset;
import sightline.dataset.OfficialQuestions;
import sightline.error.InputException;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.option.DeviceChoice;
import sightline.option.DeviceOption;
import sightline.option.LazyModel;
import sightline.option.Options;
import sightline.report.ReportStep;
import sightline.run.RunSettings;
import sightline.scoring.CategoryScore;
import sightline.selection.Selection;
import sightline.study.StudyEnd;
import sightline.study.StudyPlan;
import sightline.study.StudySteps;
import sightline.sweep.Strategy;
import sightline.tensor.DType;
import sightline.terminal.ProgressMeter;
import sightline.world.Chance;
import sightline.world.DemoDatasets;

/** The whole study on a small model that is part of Sightline, without a checkpoint or a dataset at hand. */
@Command(
        name = "demo",
        description = {
            "The whole study in about half a minute, without a checkpoint or a dataset at hand.",
            "",
            "Draws pictures that the embedded model has never seen, has it answer questions about them in the style of"
                    + " three datasets, scores the answers, traces those that are right, and makes a report."
        },
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
    private static final int QUESTIONS_A_PICTURE = 2;
    private static final int SPARE = 10;
    private static final int WINDOW = 3;
    private static final int LONGEST_ANSWER = 8;
    /** Drawn pictures are held in memory until they are written. */
    private static final int MOST = 10_000;

    private static final double NANOSECONDS = 1e9;

    private final Console console;

    @Option(
            names = "--out",
            defaultValue = "sightline-demo",
            paramLabel = "DIR",
            description = "Where everything goes; the folder sightline-demo here by default. An earlier demo there is"
                    + " replaced.")
    private Path out;

    @Option(
            names = "--samples",
            defaultValue = "300",
            paramLabel = "N",
            description = "Questions asked in each of the three styles, up to 10,000; 300 by default.")
    private String samples;

    @Mixin
    private DeviceOption device;

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        int count = Options.integer("--samples", samples, 1, "300");
        if (count > MOST) {
            throw Options.wrong("--samples", samples, "at most " + MOST, "300");
        }
        DeviceChoice chosen = device.chosen();
        LoadOptions loading = chosen.loading().withDType(DType.FLOAT32);
        chosen.tell(console);
        // the folder lists its files when it is closed, which the end of the process waits for
        try (Interruption interruption = Interruption.saying(console, "stopping soon. A demo begins anew each time.");
                DemoFolder folder = DemoFolder.begin(Options.output("--out", out))) {
            return run(folder, count, loading, interruption);
        }
    }

    private int run(DemoFolder folder, int count, LoadOptions loading, Interruption interruption) {
        long start = System.nanoTime();
        folder.writeCheckpoint();
        Map<Dataset, DemoDatasets.Written> datasets = draw(folder, count);
        Chance chance = Chance.ofWorld();
        List<DemoSummary.Style> styles = new ArrayList<>();
        double parameters;
        try (LazyModel model = new LazyModel(console, folder.checkpoint(), loading)) {
            parameters = model.all().get(0).config().parameters();
            for (Dataset dataset : Dataset.values()) {
                if (interruption.asked()) {
                    return Interruption.STATUS;
                }
                DemoDatasets.Written written = datasets.get(dataset);
                OfficialQuestions asked = asked(dataset, written, count);
                StudyPlan plan = plan(folder, loading, dataset, written, asked);
                if (!(new StudySteps(console.progressOnly(), plan, model).run() instanceof StudyEnd.Finished end)) {
                    return Interruption.STATUS;
                }
                CategoryScore all = end.scores().all();
                double guessed =
                        chance.of(written.asked().subList(0, asked.samples().size()));
                styles.add(new DemoSummary.Style(dataset, all.answers(), all.full(), guessed));
            }
        }
        if (interruption.asked()) {
            return Interruption.STATUS;
        }
        if (folder.runs().isEmpty()) {
            throw new InputException(
                    "--samples",
                    "is " + count + ", and no answer is right, so there is nothing to trace",
                    "enough questions for a right answer",
                    "Give 300");
        }
        console.print(List.of(
                String.format(
                        Locale.ROOT,
                        "A model of %.1f million parameters, asked about pictures that it has never seen;",
                        parameters / 1e6),
                "the answers that are right are traced.",
                ""));
        ReportStep.run(console, folder.runs(), SummarySettings.usual(), folder.report());
        DemoSummary summary = new DemoSummary(styles, (System.nanoTime() - start) / NANOSECONDS);
        folder.write(summary);
        DemoDatasets.Written example = datasets.get(Dataset.VQAV2);
        Path picture = example.images().resolve(example.pictures().get(0));
        console.print(summary.lines(folder, picture, example.asked().get(0).question()));
        return 0;
    }

    private Map<Dataset, DemoDatasets.Written> draw(DemoFolder folder, int count) {
        // A few pictures have one question less; those left over are not asked about.
        int pictures = 2 + count / QUESTIONS_A_PICTURE + count / SPARE;
        try (ProgressMeter meter = console.progress("drawing", "pictures")) {
            int all = Dataset.values().length * pictures;
            return DemoDatasets.write(
                    folder.data(),
                    DemoDatasets.HELD_OUT,
                    pictures,
                    QUESTIONS_A_PICTURE,
                    drawn -> meter.done(drawn, all));
        }
    }

    private static OfficialQuestions asked(Dataset dataset, DemoDatasets.Written written, int count) {
        OfficialQuestions official = OfficialDataset.read(dataset, written.annotations(), written.questions());
        return new OfficialQuestions(
                official.samples().subList(0, Math.min(count, official.samples().size())), List.of());
    }

    private static StudyPlan plan(
            DemoFolder folder,
            LoadOptions loading,
            Dataset dataset,
            DemoDatasets.Written written,
            OfficialQuestions asked) {
        Path own = folder.study(dataset);
        return new StudyPlan(
                own,
                asked,
                new AnswerPlan(
                        dataset,
                        StudyPlan.answers(own),
                        written.images(),
                        folder.checkpoint(),
                        loading,
                        RowReading.TRANSFORMERS,
                        Decoding.greedy(LONGEST_ANSWER),
                        AnswerPlan.PUBLISHED_SEED),
                Selection.PUBLISHED_PER_CATEGORY,
                Selection.PUBLISHED_SEED,
                new RunSettings(
                        Interventions.PUBLISHED,
                        List.of(WINDOW),
                        List.of(Masking.PAPER),
                        RowReading.PAPER,
                        SweepRequest.PUBLISHED_TEMPERATURE,
                        Strategy.SHARED),
                0,
                true,
                Optional.empty());
    }
}
