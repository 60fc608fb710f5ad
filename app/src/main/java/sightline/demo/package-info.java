/** {@code sightline demo} and {@code train-demo}: the whole study on the small model that is part of Sightline. */
package sightline.demo;
