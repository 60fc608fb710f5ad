package sightline.explore;

/** A request that is not answered, with the one line that says why. */
final class RequestRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int WRONG = 400;
    static final int FORBIDDEN = 403;
    static final int MISSING = 404;
    static final int TOO_LARGE = 413;
    static final int WRONG_KIND = 415;
    static final int BUSY = 503;

    private final int status;

    RequestRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    int status() {
        return status;
    }
}
