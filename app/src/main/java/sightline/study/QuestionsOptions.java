package sightline.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.answering.AnswerPlan;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialQuestion;
import sightline.dataset.OfficialQuestions;
import sightline.error.InputException;
import sightline.knockout.RowReading;
import sightline.option.DeviceChoice;
import sightline.option.GenerateOptions;
import sightline.option.ModelOptions;
import sightline.option.Options;

/** Which of a dataset's questions are asked, about which pictures, and how they are answered. */
final class QuestionsOptions {
    @Option(
            names = {"--images", "--image_dir"},
            required = true,
            paramLabel = "DIR",
            description = "The folder of the dataset's pictures.")
    private Path images;

    @Option(names = "--limit", paramLabel = "N", description = "Ask the first N questions only.")
    private String limit;

    @Mixin
    private GenerateOptions generate;

    @Option(
            names = "--choice-seed",
            paramLabel = "N",
            description =
                    "Shuffles the choices of each Visual7W question, together with its id; 42 by default. Others have no"
                            + " choices.")
    private String choiceSeed;

    /** The row reading, if one was named. */
    Optional<RowReading> namedRows() {
        return generate.namedRows();
    }

    RowReading rows() {
        return generate.rows();
    }

    /** The questions to ask: the first so many, those whose picture is there. */
    OfficialQuestions samples(DatasetOptions dataset) {
        int most = limit == null ? Integer.MAX_VALUE : Options.integer("--limit", limit, 1, "100");
        OfficialQuestions all = dataset.samples();
        List<OfficialQuestion> first =
                all.samples().subList(0, Math.min(most, all.samples().size()));
        OfficialQuestions asked = new OfficialQuestions(first, all.skipped(), all.doubtful())
                .withImagesIn(Options.path("--images", images));
        if (dataset.strict()) {
            asked.requireNoSkips();
        }
        return asked;
    }

    /** Answering them into a file. */
    AnswerPlan plan(Dataset dataset, ModelOptions model, DeviceChoice devices, RowReading rows, Path out) {
        if (choiceSeed != null && dataset.prompt().choices() == 0) {
            throw new InputException(
                    "--choice-seed", "changes nothing: " + dataset + " has no choices to shuffle", "", "Leave it out");
        }
        return new AnswerPlan(
                dataset,
                out,
                Options.path("--images", images),
                model.folder(),
                model.loadOptions(devices),
                rows,
                generate.decoding(dataset.prompt().maxNewTokens()),
                choiceSeed == null
                        ? AnswerPlan.PUBLISHED_SEED
                        : Options.wholeNumber("--choice-seed", choiceSeed, "42"));
    }
}
