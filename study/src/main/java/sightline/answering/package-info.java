/**
 * The model's answers to the questions of a dataset.
 *
 * <p>Knows questions and the engine, not how answers are scored.
 */
package sightline.answering;
