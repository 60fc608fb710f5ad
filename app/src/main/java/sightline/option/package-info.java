/** Options that several commands share, and how option values are read, refused and explained. */
package sightline.option;
