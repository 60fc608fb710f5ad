/**
 * The model's answers to the questions of a dataset, and what answering and tracing share: the checkpoint, the pictures seen,
 * the checks of a sample, the common part of manifests.
 *
 * <p>Knows questions and the engine, not how answers are scored.
 */
package sightline.answering;
