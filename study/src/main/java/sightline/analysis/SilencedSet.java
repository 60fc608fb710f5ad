package sightline.analysis;

import sightline.statistics.Estimate;

/**
 * What a chosen set of heads takes from the answer when it is silenced together.
 *
 * @param name as in results
 * @param n samples
 * @param clusters that these are of
 * @param loss of the answer's log-odds, nats; above 0 where the heads helped
 */
public record SilencedSet(String name, int n, int clusters, Estimate loss) {}
