/**
 * Checkpoints that are made here and written in the Hugging Face layout: configuration, weights, tokeniser, chat template
 * and picture settings.
 *
 * <p>Knows {@link sightline.checkpoint} for the layout. Nothing that reads or runs a model knows this package.
 */
package sightline.writing;
