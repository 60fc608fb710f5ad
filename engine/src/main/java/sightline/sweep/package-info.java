/**
 * From a request to a trace: the shared sweep, which walks a plan, and the naive one, its oracle (METHOD sections 4 to 6).
 *
 * <p>Knows a model by its shape, rules and decoder alone.
 */
package sightline.sweep;
