/**
 * The demo's world: seeded pictures, and questions with their answers, written as the official datasets are.
 *
 * <p>Knows nothing of models and training.
 */
package sightline.world;
