/** {@code sightline check}: what a checkpoint folder holds, in words. */
package sightline.check;
