package sightline.scoring;

/** The published rules end with an error on this answer. */
final class UnscorableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnscorableException(String message) {
        super(message, null, false, false);
    }
}
