/** {@code sightline bench}: the engine's speed in words and JSON, and checkpoints of random weights to try it on. */
package sightline.bench;
