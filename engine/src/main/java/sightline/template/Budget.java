package sightline.template;

/**
 * Bounds what one rendering may cost, far above any prompt: a template comes with a checkpoint and must neither hang nor
 * fill the memory nor the stack.
 */
final class Budget {
    private static final long MOST_WORK = 1L << 24; // evaluations, characters and items made
    private static final int MOST_DEPTH = 400; // of evaluations inside each other

    private long work;
    private int depth;

    /** Pays before something of this size is made. */
    void charge(long size) {
        work += size;
        if (work > MOST_WORK || work < 0) {
            throw new Refusal("it makes more than " + MOST_WORK + " steps or characters");
        }
    }

    /** Pays for looking for one text in another, which at worst takes the product of their lengths. */
    void chargeSearch(String text, Object part) {
        if (part instanceof String wanted) {
            charge((long) text.length() * wanted.length() / 256);
        }
    }

    void charge(String made) {
        charge(made.length());
    }

    void enter() {
        charge(1);
        if (++depth > MOST_DEPTH) {
            throw new Refusal("it runs more than " + MOST_DEPTH + " levels deep");
        }
    }

    void leave() {
        depth--;
    }
}
