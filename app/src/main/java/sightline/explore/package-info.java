/**
 * {@code sightline explore}: a local page on a model and on finished runs.
 *
 * <p>{@link sightline.explore.Explorer} answers requests, {@link sightline.explore.Guard} refuses those that are not the
 * page's own. {@link sightline.explore.Asked} turns a request into what {@code ask} does, {@link sightline.explore.Desk} has
 * the model do it, one after the other, and {@link sightline.explore.Stream} tells how it gets on. No number is computed
 * here.
 */
package sightline.explore;
