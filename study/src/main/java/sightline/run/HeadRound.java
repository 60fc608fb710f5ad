package sightline.run;

import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.error.InputException;

/**
 * The second round of a run that asks for curves of heads: once each head has been silenced alone in every sample, the heads are
 * ranked by what they take on average from samples of one half of the pictures, and shares of that ranking are kept and cut
 * together in samples of the other half. It is a run of its own in the first one's folder: it goes on after a kill, is shared out
 * to shards and a crew, and is verified, like any.
 */
public final class HeadRound {
    private HeadRound() {}

    /**
     * Begins the second round or goes on with it; it is closed before the first.
     *
     * @param first a run that is open, and traced
     * @param checkpoint the plan's
     * @return empty if there is none to run: it is not asked for, or other shards have samples to trace first
     * @throws InputException if one half of the pictures has no sample, or the round was begun by another ranking
     */
    public static Optional<TraceRun> open(TraceRun first, StudyCheckpoint checkpoint) {
        RunPlan plan = first.plan();
        if (!plan.settings().additions().jointHeads().curves()) {
            return Optional.empty();
        }
        HeadHalves halves = new HeadHalves(plan.dataset(), first.samples());
        Losses losses = Losses.of(new RunFolder(plan.folder()), halves);
        if (!first.chosen().stream().allMatch(sample -> losses.tried.contains(sample.id()))) {
            return Optional.empty();
        }
        List<AnsweredQuestion> judged = first.chosen().stream()
                .filter(sample -> halves.half(sample.image()) == 1 && losses.traced.contains(sample.id()))
                .toList();
        if (losses.count == 0 || judged.isEmpty()) {
            throw oneHalf();
        }
        RunPlan second = plan(plan, losses.order());
        requireSameRanking(second);
        Optional<TraceRun.Means> means =
                plan.settings().additions().heads() == HeadFill.MEAN ? Optional.of(first::means) : Optional.empty();
        return Optional.of(TraceRun.open(second, judged, checkpoint, means));
    }

    /**
     * Refuses a plan whose second round could have no samples, before the first one begins; nothing if none is asked for.
     *
     * @param dataset as {@link TraceRun#open} gets it
     */
    public static void require(RunPlan plan, List<AnsweredQuestion> dataset) {
        if (plan.settings().additions().jointHeads().curves()) {
            HeadHalves halves = new HeadHalves(plan.dataset(), dataset);
            long judging = plan.portion().chosen(dataset).stream()
                    .filter(numbered -> halves.half(numbered.sample().image()) == 1)
                    .count();
            if (judging == 0 || judging == plan.portion().chosen(dataset).size()) {
                throw oneHalf();
            }
        }
    }

    private static InputException oneHalf() {
        return new InputException(
                "--head-curves",
                "ranks heads on one half of the pictures and judges on the other, but one half has no sample",
                "samples about pictures of both halves",
                "Trace more samples, or leave it out");
    }

    private static RunPlan plan(RunPlan first, List<Integer> order) {
        RunSettings asked = first.settings();
        RunSettings settings = new RunSettings(
                        List.of(), asked.sizes(), asked.maskings(), asked.rows(), asked.temperature(), asked.strategy())
                .with(TraceAdditions.NONE.silencing(asked.additions().heads(), JointHeads.ranked(order)));
        return new RunPlan(
                new RunFolder(first.folder()).headCurves(),
                first.dataset(),
                first.samples(),
                first.images(),
                first.model(),
                first.loading(),
                settings,
                new Portion(0, OptionalInt.empty(), first.portion().shard()),
                first.verify(),
                false);
    }

    /** Samples that were traced since, or other data, give another ranking: its curves would not be those of the begun one. */
    private static void requireSameRanking(RunPlan plan) {
        RunFolder folder = new RunFolder(plan.folder());
        if (Files.exists(folder.manifest())
                && !Manifest.read(folder)
                        .settings()
                        .additions()
                        .jointHeads()
                        .order()
                        .equals(plan.settings().additions().jointHeads().order())) {
            throw new InputException(
                    plan.folder().toString(),
                    "holds curves of heads ranked over other samples than the run has now",
                    "the samples with which it began",
                    "Delete this folder: the same command then ranks and judges anew");
        }
    }

    /** What heads take, summed over the half that ranks. */
    private static final class Losses {
        private final Set<Long> tried = new HashSet<>();
        private final Set<Long> traced = new HashSet<>();
        private double[] sums = {};
        private int count;

        static Losses of(RunFolder folder, HeadHalves halves) {
            Losses losses = new Losses();
            SortedMap<Long, float[][]> ranking =
                    new TreeMap<>(); // sums then depend on the samples alone, not on their order
            RunLines.visit(folder, line -> {
                losses.tried.add(line.id());
                if (!line.failed()) {
                    losses.traced.add(line.id());
                    if (halves.half(line.identity().question().image()) == 0) {
                        ranking.put(line.id(), line.added().heads());
                    }
                }
            });
            ranking.values().forEach(losses::add);
            return losses;
        }

        private void add(float[]... losses) {
            int heads = losses[0].length;
            if (sums.length == 0) {
                sums = new double[losses.length * heads];
            }
            for (int place = 0; place < sums.length; place++) {
                sums[place] += losses[place / heads][place % heads];
            }
            count++;
        }

        /** The neediest first; among equals the lowest place. */
        List<Integer> order() {
            return IntStream.range(0, sums.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(place -> -sums[place])
                            .thenComparing(place -> place))
                    .toList();
        }
    }
}
