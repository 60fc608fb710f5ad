/** What a command has of its process: the two output streams, and word that it is to end. */
package sightline.console;
