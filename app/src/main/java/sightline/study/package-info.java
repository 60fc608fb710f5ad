/** {@code sightline study} and its steps, each a command too: answer, score, select and trace a dataset. */
package sightline.study;
