/**
 * What results say: change of probability per layer, its uncertainty, the windows that harm most, and the published plots'
 * numbers.
 *
 * <p>Reads runs through {@link sightline.run.ResultTable}, and folders of published results. Draws nothing.
 */
package sightline.analysis;
