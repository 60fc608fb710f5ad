/**
 * Results to look at: figures as SVG, PDF and PNG, tables as CSV, and the report as one page of HTML.
 *
 * <p>Draws what {@code sightline.analysis} computed; computes nothing of its own but places on paper.
 */
package sightline.figure;
