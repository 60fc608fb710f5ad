/** The entry point: all commands under one root, and what is said when one of them fails. */
package sightline.app;
