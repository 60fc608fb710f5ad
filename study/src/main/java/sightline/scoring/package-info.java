/**
 * How right an answer is: as the published study counted, quirks included, and as the datasets' makers do.
 *
 * <p>Knows datasets and answers, nothing of models and nothing of sampling.
 */
package sightline.scoring;
