package sightline.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.tensor.Arrays;
import sightline.world.SceneQuestion;

/** How many questions were answered rightly, token for token, and how likely the right answers were. */
final class Score {
    private final Map<String, Tally> tallies = new TreeMap<>();
    private int questions;

    /** Sums over the questions of one name. */
    static final class Tally {
        private int asked;
        private int right;
        private double probability;

        /** Share answered rightly. */
        double accuracy() {
            return right / (double) asked;
        }

        /** The right answers' mean probability, each the product over its tokens. */
        double probability() {
            return probability / asked;
        }

        int asked() {
            return asked;
        }
    }

    /**
     * Counts the questions of a batch by style and by kind.
     *
     * @param logits (answer rows, vocabulary)
     */
    void add(List<SceneQuestion> asked, Tensor logits, TextBatch batch) {
        long[] said;
        float[] logProbability;
        try (PointerScope scope = new PointerScope()) {
            Tensor values = logits.detach();
            Tensor targets = Arrays.indices(batch.targets()).unsqueeze(1);
            said = Arrays.longs(values.argmax(new LongOptional(1), false));
            logProbability = Arrays.floats(torch.log_softmax(values, 1).gather(1, targets));
        }
        boolean[] wrong = new boolean[asked.size()];
        double[] sum = new double[asked.size()];
        for (int row = 0; row < said.length; row++) {
            int question = batch.questionOfRow()[row];
            wrong[question] |= said[row] != batch.targets()[row];
            sum[question] += logProbability[row];
        }
        for (int i = 0; i < wrong.length; i++) {
            count(asked.get(i).style().toString(), !wrong[i], Math.exp(sum[i]));
            count(asked.get(i).kind(), !wrong[i], Math.exp(sum[i]));
        }
        questions += wrong.length;
    }

    private void count(String name, boolean right, double probability) {
        Tally tally = tallies.computeIfAbsent(name, key -> new Tally());
        tally.asked++;
        tally.right += right ? 1 : 0;
        tally.probability += probability;
    }

    /** Adds what another score counted. */
    void add(Score other) {
        other.tallies.forEach((name, its) -> {
            Tally tally = tallies.computeIfAbsent(name, key -> new Tally());
            tally.asked += its.asked;
            tally.right += its.right;
            tally.probability += its.probability;
        });
        questions += other.questions;
    }

    /** By style and by kind. */
    Map<String, Tally> tallies() {
        return tallies;
    }

    int questions() {
        return questions;
    }
}
