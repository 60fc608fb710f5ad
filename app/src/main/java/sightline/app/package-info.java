/**
 * The command line: options in, the engine's work, results on stdout, progress and errors on stderr.
 *
 * <p>Each command is a class; groups of options that belong together are mixins that validate themselves. Knows the engine
 * by its public types only, never tensors.
 */
package sightline.app;
