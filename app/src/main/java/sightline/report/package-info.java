/** {@code sightline report}: figures, tables and a page out of runs; the last step of a study. */
package sightline.report;
