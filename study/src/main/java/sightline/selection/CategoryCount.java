package sightline.selection;

import java.util.OptionalDouble;

/**
 * One category of a selection.
 *
 * @param category its name; {@code all} for all questions
 * @param total questions in the official file
 * @param correct how many of them are answered correctly
 * @param selected how many of these are selected
 * @param meanTokens mean length of the correct answers in tokens, an end token included where the file has it
 */
public record CategoryCount(String category, int total, int correct, int selected, OptionalDouble meanTokens) {}
