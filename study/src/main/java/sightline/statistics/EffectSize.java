package sightline.statistics;

import java.util.Arrays;

/**
 * How large an effect is, whatever its p value.
 *
 * @param mean over samples
 * @param median over samples
 * @param half share of samples that lose more than half
 * @param standardised θ / (se · √G): the mean in spreads of one cluster; NaN without spread
 */
public record EffectSize(double mean, double median, double half, double standardised) {
    /**
     * Of values of samples.
     *
     * @param half what a sample that loses half has
     * @param error standard error of the mean
     * @param clusters G
     */
    public static EffectSize of(double[] values, double half, double error, int clusters) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double below = Arrays.stream(values).filter(value -> value < half).count();
        double standardised = Resampled.spread(error) ? mean / (error * Math.sqrt(clusters)) : Double.NaN;
        return new EffectSize(mean, Quantiles.of(sorted, 0.5), below / values.length, standardised);
    }
}
