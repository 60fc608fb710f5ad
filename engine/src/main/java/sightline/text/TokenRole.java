package sightline.text;

/** Whose words a token stands for. Every token of a prompt has exactly one role. */
public enum TokenRole {
    /** What the chat template writes around the user's turn: begin token, headers, end of turn, line breaks. */
    TEMPLATE,
    /** A token that stands for the picture: one, or in some families one for each vision token. */
    IMAGE,
    /** What the prompt format writes around question and choices. */
    INSTRUCTION,
    /** The question itself. */
    QUESTION,
    /** The answer choices, from the first to the last, with the line breaks between them. */
    CHOICES,
    /** Answer tokens that already stand in the context; never part of an encoded prompt. */
    ANSWER
}
