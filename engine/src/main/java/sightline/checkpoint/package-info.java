/**
 * A model folder as it lies on disk: which files it has, their hashes, and weights that are mapped, never copied. Everything
 * that can be wrong with a folder is found here, when it is opened; what its {@code config.json} means, a family says
 * ({@link sightline.checkpoint.ModelConfig}).
 *
 * <p>Must not know what the weights are used for: no pictures, no prompts, no device, no compute type.
 */
package sightline.checkpoint;
