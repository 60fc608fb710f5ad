/**
 * Trains a small Mllama on the demo's world, from scratch, and writes it as a checkpoint.
 *
 * <p>Beside the engine, the only place that knows libtorch: training needs gradients, which the engine never records.
 */
package sightline.training;
