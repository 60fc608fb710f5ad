package sightline.study;

import java.nio.file.Path;
import java.util.Optional;
import sightline.answering.AnswerPlan;
import sightline.dataset.OfficialQuestions;
import sightline.run.Portion;
import sightline.run.RegionSource;
import sightline.run.RunPlan;
import sightline.run.RunSettings;

/**
 * The whole experiment on one dataset.
 *
 * @param out the folder for all files
 * @param questions the official ones that are asked
 * @param answering how the model answers; into {@code answers.json}
 * @param perCategory how many questions of each category are traced; nothing for DocVQA
 * @param seed of their drawing; nothing for DocVQA
 * @param settings what is traced
 * @param verify how many samples are traced again with the naive sweep
 * @param strict whether an entry that cannot be used is an error
 * @param region what tells where answers are shown; there if the settings ask for answer regions
 */
public record StudyPlan(
        Path out,
        OfficialQuestions questions,
        AnswerPlan answering,
        int perCategory,
        long seed,
        RunSettings settings,
        int verify,
        boolean strict,
        Optional<RegionSource> region) {
    /** What the model says. */
    public static Path answers(Path out) {
        return out.resolve("answers.json");
    }

    /** What of it is right. */
    Path correct() {
        return out.resolve("correct.json");
    }

    /** Every answer's scores. */
    Path scores() {
        return out.resolve("scores.json");
    }

    /** What is traced. */
    Path selection() {
        return out.resolve("selection");
    }

    /** The run's folder. */
    Path run() {
        return run(out);
    }

    /** The same, of the study in a folder. */
    public static Path run(Path out) {
        return out.resolve("run");
    }

    /** Figures, tables and the page. */
    Path report() {
        return out.resolve("report");
    }

    /** Tracing the selected questions. */
    RunPlan tracing(Path selected) {
        return new RunPlan(
                run(),
                answering.dataset(),
                selected,
                answering.images(),
                answering.model(),
                answering.loading(),
                settings,
                Portion.ALL,
                verify,
                false,
                region);
    }
}
