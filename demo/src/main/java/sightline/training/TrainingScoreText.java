package sightline.training;

import java.util.Locale;
import java.util.StringJoiner;
import sightline.dataset.Dataset;
import sightline.world.World;

/** Scores in a line. */
final class TrainingScoreText {
    private TrainingScoreText() {}

    /** Accuracy of each style. */
    static String styles(TrainingScore score) {
        StringJoiner parts = new StringJoiner(", ");
        for (Dataset style : Dataset.values()) {
            TrainingScore.Tally tally = score.tallies().get(style.toString());
            if (tally != null) {
                parts.add(String.format(Locale.ROOT, "%s %.3f", style, tally.accuracy()));
            }
        }
        return parts.toString();
    }

    /** Accuracy of each kind. */
    static String kinds(TrainingScore score) {
        StringJoiner parts = new StringJoiner(", ");
        score.tallies().forEach((name, tally) -> {
            if (World.kinds().contains(name)) {
                parts.add(String.format(Locale.ROOT, "%s %.2f", name, tally.accuracy()));
            }
        });
        return parts.toString();
    }

    /** Accuracy and the right answers' mean probability of each style under a cut. */
    static String cut(String name, TrainingScore score) {
        StringJoiner parts = new StringJoiner("  ", String.format(Locale.ROOT, "%-20s", name), "");
        for (Dataset style : Dataset.values()) {
            TrainingScore.Tally tally = score.tallies().get(style.toString());
            parts.add(String.format(Locale.ROOT, "%s %.3f (p %.3f)", style, tally.accuracy(), tally.probability()));
        }
        return parts.toString();
    }
}
