/**
 * Which of the correctly answered questions are traced: categories, and the published study's drawing of a thousand of each.
 *
 * <p>Knows datasets and answers; how an answer was scored is known only by the file that scoring wrote.
 */
package sightline.selection;
