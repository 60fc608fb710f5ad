package sightline.world;

import sightline.region.PixelBox;

/**
 * A word that a picture shows.
 *
 * @param row of words that it stands in, from the top
 * @param box around its ink
 */
public record Word(String text, int row, PixelBox box) {}
