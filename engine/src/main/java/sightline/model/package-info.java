/**
 * The model, Llama 3.2-Vision: a tiled vision tower whose output a Llama decoder reads through gated cross-attention
 * layers. Loads a checkpoint, turns picture and prompt into inputs, answers, and offers the decoder layer by layer to
 * the sweeps.
 *
 * <p>Follows METHOD section 1 to 3: the forward pass of the reference implementation ({@code mllama}), with the three
 * readings of rows that may see no image token, and with cuts: blocked attention edges. Knows how a cut changes a row,
 * not why one cuts: pathways and windows belong to {@code knockout}.
 */
package sightline.model;
