/** {@code sightline cuda}: brings NVIDIA's libraries; and what this machine has for a card, in words. */
package sightline.cuda;
