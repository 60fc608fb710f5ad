/**
 * What long work needs of the disk: journals that survive a kill at any byte, locks between processes, files that appear
 * whole, hashes.
 *
 * <p>Knows nothing of what is written.
 */
package sightline.files;
