package sightline.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sightline.dataset.Dataset;
import sightline.dataset.Skip;

/** Official files of a dataset. */
final class DatasetOptions {
    private static final int SHOWN = 10;

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            converter = DatasetName.class,
            description = "vqav2, visual7w or docvqa.")
    private Dataset dataset;

    @Option(
            names = {"--annotations", "--annotation_path"},
            required = true,
            paramLabel = "FILE",
            description =
                    "VQAv2's annotations, Visual7W's dataset_v7w_telling.json, or DocVQA's file with question types.")
    private Path annotations;

    @Option(
            names = {"--questions", "--question_path"},
            paramLabel = "FILE",
            description = "VQAv2's questions; the others have them among the annotations.")
    private Path questions;

    Dataset dataset() {
        return dataset;
    }

    Path annotations() {
        return Options.path("--annotations", annotations);
    }

    Optional<Path> questions() {
        return Optional.ofNullable(questions).map(path -> Options.path("--questions", path));
    }

    /** Tells of entries that are left out. */
    static void tell(Console console, List<Skip> skipped) {
        skipped.stream().limit(SHOWN).forEach(skip -> console.note("skipped " + skip + "."));
        if (skipped.size() > SHOWN) {
            console.note("and " + (skipped.size() - SHOWN) + " entries more.");
        }
    }
}
