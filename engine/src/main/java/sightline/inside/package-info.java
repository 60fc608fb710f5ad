/**
 * What happens inside the layers with nothing cut: attention of text rows, what their edges carry, what gates let through. Works
 * on the hidden states that a walk hands over, so it costs no state of its own.
 */
package sightline.inside;
