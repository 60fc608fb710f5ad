/**
 * A model folder as it lies on disk: {@code config.json} as records that validate themselves, and weights that are
 * mapped, never copied. Everything that can be wrong with a folder is found here, when it is opened.
 *
 * <p>Knows {@link sightline.tensor} for the mapping and {@link sightline.error}. Must not know what the weights are used
 * for: no pictures, no text, no model, no device, no compute type.
 */
package sightline.checkpoint;
