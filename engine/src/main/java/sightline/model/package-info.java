/**
 * A model of any family, as studies and sweeps know it: its shape, its rules, its processor, and a decoder that they drive
 * layer by layer. Answers questions token by token.
 *
 * <p>Knows no family; those implement {@link sightline.model.VisionLanguageModel}.
 */
package sightline.model;
