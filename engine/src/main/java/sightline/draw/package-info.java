/**
 * What is drawn at random, from a text that says what it is drawn for: the same everywhere and every time. Random sources of
 * attention edges, and another picture for each picture.
 */
package sightline.draw;
