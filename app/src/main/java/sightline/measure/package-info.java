/**
 * Times the engine on one sample and holds the times against the plan and the machine's limits.
 *
 * <p>Uses the engine as any user would, through its public types. Knows no command line and prints nothing.
 */
package sightline.measure;
