/** Errors that a user can mend. Known to every package; knows none. */
package sightline.error;
