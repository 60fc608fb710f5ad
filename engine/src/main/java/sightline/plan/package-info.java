/**
 * Which hidden states an experiment needs, each distinct one once, and what each is computed from (METHOD section 6).
 *
 * <p>Pure Java over shapes: no tensors, no model, no token ids. A {@link sightline.plan.SweepPlan} is a function of a
 * request's {@link sightline.knockout.Outline}, a decoder's {@link sightline.knockout.ModelShape} and a family's
 * {@link sightline.plan.FamilyRules}; what a row reads is stated once, by the rules for an uncut row and by {@link sightline.plan.RowView} for a cut one.
 */
package sightline.plan;
