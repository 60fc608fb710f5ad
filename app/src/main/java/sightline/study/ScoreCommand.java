package sightline.study;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sightline.console.Console;
import sightline.dataset.OfficialQuestions;
import sightline.option.Options;
import sightline.scoring.ScoreReport;
import sightline.scoring.Scoring;
import sightline.scoring.ScoringRules;

/** Scores a file of answers. */
@Command(
        name = "score",
        description = {
            "Scores a model's answers and writes the correct ones.",
            "",
            "All metrics are computed side by side: as the published study counts (paper), and as the dataset's makers"
                    + " do (official). VQAv2's makers changed their rules in March 2021: official is what they count"
                    + " since then, official-2016 what they counted before. With --annotations the scores are also printed by category."
        },
        sortOptions = false,
        customSynopsis = "sightline score DATASET ANSWERS --out FILE [OPTIONS]",
        footer = {"", "Example:", "  sightline score vqav2 answers.json --out correct.json --scores scores.json"})
public final class ScoreCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DatasetOptions dataset;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ANSWERS", description = "The file of answers.")
    private Path answers;

    @Mixin
    private AnswersFile answersFile;

    @Option(
            names = "--metric",
            defaultValue = "both",
            paramLabel = "METRIC",
            description =
                    "paper, official, official-2016 (VQAv2 alone) or both, which is all of them (the default). What is kept"
                            + " follows paper, unless an official one is asked for alone.")
    private String metric;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the correct answers go, in the published form.")
    private Path out;

    @Option(names = "--scores", paramLabel = "FILE", description = "Where every answer's scores go.")
    private Path scores;

    public ScoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ScoringRules wanted = Options.oneOf("--metric", metric, ScoringRules.values());
        Path file = answersFile.file(answers);
        Path correct = EarlierScores.require("--out", Options.output("--out", out));
        Optional<Path> each = Optional.ofNullable(scores)
                .map(path -> EarlierScores.require("--scores", Options.output("--scores", path)));
        Map<Long, List<String>> categories = new HashMap<>();
        Optional<OfficialQuestions> official = dataset.samplesIfGiven();
        official.ifPresent(
                samples -> samples.samples().forEach(sample -> categories.put(sample.id(), sample.categories())));
        ScoreReport report =
                Scoring.score(dataset.dataset(), file, wanted, categories, correct, each, dataset.strict());
        official.ifPresent(samples -> SkipText.lines(samples.skipped()).forEach(console::note));
        ScoreText.tell(console, dataset.dataset(), report);
        console.note("wrote " + out + (scores == null ? "" : " and " + scores));
        return 0;
    }
}
