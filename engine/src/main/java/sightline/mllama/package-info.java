/**
 * Llama 3.2-Vision, Hugging Face's {@code mllama}: vision tower, projector, decoder, processor, and what is particular to it
 * in an experiment (METHOD sections 1 to 3).
 */
package sightline.mllama;
