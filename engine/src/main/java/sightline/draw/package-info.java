/** Seeded chance that any language can repeat: what is drawn follows from a text alone. */
package sightline.draw;
