/**
 * The three datasets: official and published files to samples.
 *
 * <p>Knows nothing of models; what is read here is what a question is, which picture it is about, and what people
 * answered.
 */
package sightline.dataset;
