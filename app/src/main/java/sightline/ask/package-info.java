/** {@code sightline ask}: one question about one picture, answered and traced. */
package sightline.ask;
