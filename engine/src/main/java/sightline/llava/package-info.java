/** The LLaVA-1.5 family: a CLIP vision tower whose rows take the place of image tokens in a Llama decoder. */
package sightline.llava;
