package sightline.study;

import java.util.List;
import java.util.Optional;
import sightline.answering.AnswerPlan;
import sightline.answering.AnswerReport;
import sightline.answering.AnswerRun;
import sightline.answering.Crew;
import sightline.console.Console;
import sightline.console.Interruption;
import sightline.dataset.OfficialQuestion;
import sightline.model.VisionLanguageModel;
import sightline.option.LazyModel;
import sightline.terminal.ProgressMeter;

/** Has the model answer a dataset, and tells of it. */
final class AnswerStep {
    private AnswerStep() {}

    /**
     * Answers what is open.
     *
     * @param crew that works; empty if this process does
     */
    static StepEnd run(
            Console console, AnswerPlan plan, List<OfficialQuestion> samples, LazyModel model, Optional<Crew> crew) {
        try (AnswerRun run = AnswerRun.open(plan, samples, model.checkpoint())) {
            if (run.remaining() > 0) {
                try (Interruption interruption = Interruption.watch(console, "question")) {
                    answer(console, run, model, crew, interruption);
                    StepEnd end = tell(console, plan, run.finish());
                    return interruption.asked() ? StepEnd.STOPPED : end;
                }
            }
            return tell(console, plan, run.finish());
        }
    }

    private static void answer(
            Console console, AnswerRun run, LazyModel model, Optional<Crew> crew, Interruption interruption) {
        if (crew.isPresent()) {
            try (ProgressMeter meter = console.progress("answering", "questions")) {
                run.answer(crew.get(), model.checkpoint(), meter::done, interruption::asked);
            }
            return;
        }
        List<VisionLanguageModel> loaded = model.all();
        try (ProgressMeter meter = console.progress("answering", "questions")) {
            run.answer(loaded, meter::done, interruption::asked);
        }
    }

    private static StepEnd tell(Console console, AnswerPlan plan, AnswerReport report) {
        int there = report.before() + report.answered();
        SampleFailures.tell(console, report.failed(), there > 0, plan.out() + ".run/answers.jsonl");
        if (report.stopped()) {
            console.note("stopped after " + there + " of " + report.questions()
                    + " questions. The same command goes on from there.");
            return StepEnd.STOPPED;
        }
        console.print(List.of(there + " of " + report.questions() + " questions answered: " + plan.out()));
        return StepEnd.FINISHED;
    }
}
