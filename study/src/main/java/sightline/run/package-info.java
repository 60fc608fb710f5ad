/**
 * Tracing a whole dataset: a run's folder with its manifest, journals and results; resuming, shards, locks.
 *
 * <p>A run's folder is described in docs/formats.md. Knows nothing of what is made of the results.
 */
package sightline.run;
