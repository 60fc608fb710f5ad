package sightline.analysis;

import java.util.ArrayList;
import java.util.List;
import sightline.statistics.Estimate;

/**
 * What pathways do together, cut in all layers. Means over samples of the answer's log-odds, nats.
 *
 * @param masking what an emptied row reads
 * @param pathways by name, in the order of the run's settings
 * @param n samples
 * @param clusters that these are of
 * @param cut y of each subset: bit i of the index says whether pathway i is cut
 * @param change the same less that with nothing cut
 * @param interactions of {@link #pairs}
 * @param shares of what is lost when all are cut, by pathway
 */
public record JointSummary(
        String masking,
        List<String> pathways,
        int n,
        int clusters,
        List<Estimate> cut,
        List<Estimate> change,
        List<Estimate> interactions,
        List<Estimate> shares) {
    public JointSummary {
        pathways = List.copyOf(pathways);
        cut = List.copyOf(cut);
        change = List.copyOf(change);
        interactions = List.copyOf(interactions);
        shares = List.copyOf(shares);
    }

    /**
     * Two pathways.
     *
     * @param one place of the first
     * @param other place of the second, which comes later
     */
    public record Pair(int one, int other) {
        /** The subset of both. */
        int both() {
            return 1 << one | 1 << other;
        }
    }

    /** All pairs of pathways, in the order of the interactions. */
    public List<Pair> pairs() {
        return pairs(pathways.size());
    }

    static List<Pair> pairs(int pathways) {
        List<Pair> pairs = new ArrayList<>();
        for (int one = 0; one < pathways; one++) {
            for (int other = one + 1; other < pathways; other++) {
                pairs.add(new Pair(one, other));
            }
        }
        return pairs;
    }
}
