package sightline.study;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.console.Console;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialQuestion;
import sightline.dataset.OfficialQuestions;
import sightline.error.InputException;
import sightline.figure.ReportWriter;
import sightline.files.OwnFiles;
import sightline.option.FlipEndOption;
import sightline.option.LazyModel;
import sightline.run.TraceRun;
import sightline.scoring.CategoryScore;
import sightline.scoring.ScoreReport;
import sightline.scoring.Scoring;
import sightline.scoring.ScoringRules;
import sightline.selection.Selection;
import sightline.selection.SelectionReport;
import sightline.terminal.Counts;

/** Answer, score, select and trace in a row; each as its own command does it. */
public final class StudySteps {
    private final Console console;
    private final StudyPlan plan;
    private final LazyModel model;

    /** @param model of the plan's checkpoint; the caller's to close */
    public StudySteps(Console console, StudyPlan plan, LazyModel model) {
        this.console = console;
        this.plan = plan;
        this.model = model;
    }

    /**
     * Runs all four; what an earlier call has done of them is kept. If no answer is right, nothing is traced.
     */
    public StudyEnd run() {
        SkipText.lines(plan.questions().skipped()).forEach(console::note);
        FlipEndOption.require(plan.settings().flipEnd(), model.checkpoint().endTokens());
        requireSameSettings();
        requireRoomForResults();
        List<OfficialQuestion> asked = plan.questions().samples();
        if (AnswerStep.run(console, plan.answering(), asked, model, Optional.empty()) == StepEnd.STOPPED) {
            return new StudyEnd.Stopped();
        }
        ScoreReport scores = score();
        if (!Selection.hasRight(dataset(), plan.correct())) {
            return new StudyEnd.Finished(scores, Optional.of(nothingRight(scores.all())));
        }
        SelectionReport selection = select();
        StepEnd traced =
                TraceStep.run(console, plan.tracing(selection.filtered()), plan.strict(), model, Optional.empty());
        return traced == StepEnd.STOPPED ? new StudyEnd.Stopped() : new StudyEnd.Finished(scores, Optional.empty());
    }

    private InputException nothingRight(CategoryScore all) {
        return new InputException(
                plan.answering().out().toString(),
                "none of the " + Counts.of(all.answers(), "answer", "answers") + " is right"
                        + (all.kept() > 0 ? " to the letter" : "") + ", so there is nothing to trace",
                "at least one right answer",
                "Ask more questions, or another model");
    }

    /** Before hours of answering, not after. */
    private void requireSameSettings() {
        TraceRun.difference(plan.tracing(plan.selection()), model.checkpoint()).ifPresent(difference -> {
            throw new InputException(
                    plan.run().toString(),
                    "this run was begun under other settings: " + difference,
                    "",
                    "Give the same as at the beginning, or move that folder away to trace anew; the answers are kept");
        });
    }

    /** Nor after hours that a file of the user's is in the way of what comes behind the answers. */
    private void requireRoomForResults() {
        try (OwnFiles own = OwnFiles.in(plan.out())) {
            own.requireOwn(plan.correct());
            own.requireOwn(plan.scores());
        }
        Selection.requireUsable(dataset(), plan.selection());
        ReportWriter.requireUsable(plan.report());
    }

    private Dataset dataset() {
        return plan.answering().dataset();
    }

    private ScoreReport score() {
        Map<Long, List<String>> categories = new HashMap<>();
        plan.questions().samples().forEach(sample -> categories.put(sample.id(), sample.categories()));
        ScoreReport report;
        try (OwnFiles own = OwnFiles.in(plan.out())) {
            report = Scoring.score(
                    dataset(),
                    plan.answering().out(),
                    ScoringRules.BOTH,
                    categories,
                    plan.correct(),
                    Optional.of(plan.scores()),
                    plan.strict(),
                    Optional.of(own));
        }
        ScoreText.tell(console, dataset(), report);
        console.print(List.of(""));
        return report;
    }

    private SelectionReport select() {
        OfficialQuestions questions =
                new OfficialQuestions(plan.questions().samples(), List.of()); // what was skipped is told by now
        SelectionReport report = Selection.select(
                dataset(), plan.correct(), questions, plan.perCategory(), plan.seed(), plan.selection(), plan.strict());
        SelectText.tell(console, dataset(), report);
        console.print(List.of(""));
        return report;
    }
}
