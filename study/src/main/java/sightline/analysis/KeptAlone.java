package sightline.analysis;

import sightline.statistics.Estimate;

/**
 * How much of the answer one pathway into the last token carries alone, everything else that this token reads being cut in all
 * layers (masking {@code zero}).
 *
 * @param pathway its name
 * @param n samples
 * @param clusters that these are of
 * @param sufficiency F = (ȳ(kept) − ȳ(nothing)) / (ȳ(uncut) − ȳ(nothing)), y the answer's log-probability: 1 if the pathway alone
 *     gives all of it back; none if the denominator is below {@value JointEffects#LEAST_RANGE} nat
 */
public record KeptAlone(String pathway, int n, int clusters, Estimate sufficiency) {}
