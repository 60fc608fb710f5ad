/**
 * The vocabulary of every experiment: what is asked of a model and what comes out. Plain records, no code that computes.
 *
 * <p>A {@link sightline.knockout.SweepRequest} names {@link sightline.knockout.Intervention}s, windows, maskings and
 * {@link sightline.knockout.Reading}s; a {@link sightline.knockout.Trace} of plain Java arrays answers it (METHOD sections 4
 * and 5). Knows no model, no tensors, no files and no output format.
 */
package sightline.knockout;
