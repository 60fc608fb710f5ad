package sightline.training;

import sightline.world.Mix;

/**
 * A part of the training.
 *
 * @param name for the log
 * @param share of the whole time
 * @param mix what is shown and asked
 * @param pictures of a worker's step
 * @param asks whether questions are trained, or the labels alone
 * @param cuts which rows read the picture
 */
record Stage(String name, double share, Mix mix, int pictures, boolean asks, CutRule cuts) {}
