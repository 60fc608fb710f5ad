/**
 * Attention knockout: which edges a pathway cuts, in which layers, and how the probability of the answer changes (METHOD
 * sections 4 to 6).
 *
 * <p>Pathways and windows are data. A {@link sightline.knockout.SweepRequest} says everything that is asked of one sample;
 * a {@link sightline.knockout.Sweep} answers it with a {@link sightline.knockout.Trace} of plain Java arrays. Knows no
 * files, no datasets and no output format.
 */
package sightline.knockout;
