package sightline.training;

import java.util.Locale;

/** Means over the last steps of one stage, for a line of progress. */
final class StepMeans {
    private String stage = "";
    private int steps;
    private double answerLoss;
    private double lookLoss;
    private double labelLoss;
    private double gradient;
    private TrainingScore score = new TrainingScore();

    void add(Trainer.Step step) {
        if (!step.stage().equals(stage)) { // what another stage asks says nothing of this one
            clear();
            stage = step.stage();
        }
        steps++;
        answerLoss += step.answerLoss();
        lookLoss += step.lookLoss();
        labelLoss += step.labelLoss();
        gradient += step.gradient();
        score.add(step.score());
    }

    void clear() {
        steps = 0;
        answerLoss = 0;
        lookLoss = 0;
        labelLoss = 0;
        gradient = 0;
        score = new TrainingScore();
    }

    String line() {
        if (steps == 0) {
            return stage;
        }
        String labels = String.format(
                Locale.ROOT, "%s: labels %.3f, gradient %.2f", stage, labelLoss / steps, gradient / steps);
        if (score.questions() == 0) {
            return labels;
        }
        return String.format(
                Locale.ROOT,
                "%s, loss %.3f, looks %.2f, right %s",
                labels,
                answerLoss / steps,
                lookLoss / steps,
                TrainingScoreText.styles(score));
    }
}
