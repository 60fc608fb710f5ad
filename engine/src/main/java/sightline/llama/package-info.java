/** Llama's decoder, as far as the families have it in common: sizes, rotary embeddings, self-attention layers. */
package sightline.llama;
