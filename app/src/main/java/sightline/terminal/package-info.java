/**
 * What a person reads in a terminal: the answer, its tokens, one bar row per pathway, and the progress of long work.
 *
 * <p>Everything is at most 80 columns wide and is built as text, so that it can be tested without a terminal. Takes names,
 * numbers and layers; knows no command line options, no model and no tensors, and never prints by itself but for the
 * progress bar on the stream that it is given.
 */
package sightline.terminal;
