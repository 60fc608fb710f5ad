package sightline.study;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialDataset;
import sightline.dataset.OfficialQuestions;
import sightline.error.InputException;
import sightline.option.Options;

/** Which dataset, and its official files. */
final class DatasetOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "DATASET", description = "vqav2, visual7w or docvqa.")
    private String name;

    @Option(
            names = {"--annotations", "--annotation_path"},
            paramLabel = "FILE",
            description = "The dataset's official file of annotations.")
    private Path annotations;

    @Option(
            names = {"--questions", "--question_path"},
            paramLabel = "FILE",
            description = "The dataset's official file of questions; VQAv2 has one.")
    private Path questions;

    @Option(names = "--strict", description = "Stop at the first faulty entry instead of skipping it.")
    private boolean strict;

    Dataset dataset() {
        try {
            return dataset(name);
        } catch (InputException e) { // of an argument, so the command line is wrong
            throw new ParameterException(command.commandLine(), e.getMessage().replaceFirst("\\.$", ""), e);
        }
    }

    /** The dataset of a name; the published scripts call VQAv2 vqa. */
    static Dataset dataset(String name) {
        Map<String, Dataset> byName = new LinkedHashMap<>();
        for (Dataset dataset : Dataset.values()) {
            byName.put(dataset.toString(), dataset);
        }
        return Arrays.stream(Dataset.values())
                .filter(dataset -> dataset.tag().equals(name))
                .findFirst()
                .orElseGet(() -> Options.oneOf("DATASET", name, byName));
    }

    boolean strict() {
        return strict;
    }

    /** The official questions. */
    OfficialQuestions samples() {
        return samplesIfGiven()
                .orElseThrow(() -> new ParameterException(command.commandLine(), "--annotations is missing"));
    }

    /** The official questions, if their file is given. */
    Optional<OfficialQuestions> samplesIfGiven() {
        if (annotations == null) {
            if (questions != null) {
                throw new ParameterException(command.commandLine(), "--questions needs --annotations");
            }
            return Optional.empty();
        }
        boolean two = dataset().questionsApart();
        if (two != (questions != null)) {
            throw new ParameterException(
                    command.commandLine(),
                    two
                            ? "--questions is missing: " + dataset().title()
                                    + " has its questions in a file of their own"
                            : "--questions: " + dataset()
                                    + " has its questions in the file of annotations; leave it out");
        }
        Optional<Path> second = Optional.ofNullable(questions).map(file -> Options.path("--questions", file));
        OfficialQuestions samples = OfficialDataset.read(dataset(), Options.path("--annotations", annotations), second);
        if (strict) {
            samples.requireNoSkips();
        }
        return Optional.of(samples);
    }
}
