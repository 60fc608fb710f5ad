package sightline.analysis;

/** Which probability of an answer of m tokens is compared (METHOD section 5). */
public enum Metric {
    /** The product over the tokens, as published. */
    PRODUCT("product"),
    /** The product's m-th root, so that long answers do not change more merely for being long. */
    LENGTH_NORMALISED("length-normalised");

    private final String label;

    Metric(String label) {
        this.label = label;
    }

    /** An answer's probability in this metric, from the product over its {@code tokens}. */
    public double of(double product, int tokens) {
        return this == PRODUCT ? product : Math.pow(product, 1.0 / tokens);
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return label;
    }
}
