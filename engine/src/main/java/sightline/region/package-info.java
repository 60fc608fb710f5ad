/**
 * Where on a picture a vision token lies: boxes of pixels, boxes of patches, and the places that a box is held against.
 * Arithmetic alone; knows no family and no tensors.
 */
package sightline.region;
