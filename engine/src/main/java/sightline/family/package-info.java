/**
 * The model families, and the only place that knows which there are: opens a checkpoint of any of them, and makes up models of
 * published sizes.
 */
package sightline.family;
