/**
 * Means over clustered samples and what may be said of them: bootstrap bands, simultaneous intervals, tests, effect sizes.
 *
 * <p>Arrays and names alone: nothing here knows a dataset, a run or a measure. All chance comes out of
 * {@link sightline.draw.SeededDraws}, so a result depends neither on the number of threads nor on the order of samples.
 */
package sightline.statistics;
