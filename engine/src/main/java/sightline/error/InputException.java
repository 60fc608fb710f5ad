package sightline.error;

import java.util.Objects;

/**
 * What a user gave cannot be used: a file, a folder, an option or an entry in one of them.
 *
 * <p>The message is complete for a terminal: it names the place, the problem with the value found, what was expected,
 * and what to do next. Everything else that is thrown is a bug of ours.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String problem;
    private final String expected;
    private final String nextStep;

    /**
     * @param place the file, folder or option, as the user wrote it
     * @param problem what is wrong, with the value found; a clause without a full stop
     * @param expected what would have been right; a phrase without a full stop, empty if the problem says it
     * @param nextStep what the user can do now; a sentence without a full stop
     */
    public InputException(String place, String problem, String expected, String nextStep) {
        this(place, problem, expected, nextStep, null);
    }

    /** The same, keeping the exception that revealed the problem for {@code --debug}. */
    public InputException(String place, String problem, String expected, String nextStep, Throwable cause) {
        super(message(place, problem, expected, nextStep), cause);
        this.place = Objects.requireNonNull(place);
        this.problem = Objects.requireNonNull(problem);
        this.expected = Objects.requireNonNull(expected);
        this.nextStep = Objects.requireNonNull(nextStep);
    }

    private static String message(String place, String problem, String expected, String nextStep) {
        StringBuilder text =
                new StringBuilder(place).append(": ").append(problem).append('.');
        if (!expected.isEmpty()) {
            text.append(" Expected ").append(expected).append('.');
        }
        return text.append(' ').append(nextStep).append('.').toString();
    }

    /** The file, folder or option at fault, as the user wrote it. */
    public String place() {
        return place;
    }

    /** What is wrong, with the value found. */
    public String problem() {
        return problem;
    }

    /** What would have been right; may be empty. */
    public String expected() {
        return expected;
    }

    /** What the user can do now. */
    public String nextStep() {
        return nextStep;
    }
}
