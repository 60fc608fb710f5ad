package sightline.run;

import java.util.Locale;
import sightline.knockout.TokenMeasures;

/** A measure of an answer token as journals hold it ({@link TokenMeasures}; {@code TOP} is what greedy decoding says). */
public enum JournalMeasure {
    LOG_P,
    LOG_ODDS,
    MARGIN,
    FOIL,
    RANK,
    TOP,
    KL;

    /** Of what is written of nats: logits are float32, and their measures compare to 1e-6. */
    private static final double PER_NAT = 1e6;

    /** The field's and the column's name. */
    String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a whole number: a rank or an id. */
    boolean whole() {
        return this == RANK || this == TOP;
    }

    /** Whether it says something with nothing cut: the divergence from itself does not. */
    boolean uncut() {
        return this != KL;
    }

    /**
     * Its value, nats rounded as they are written.
     *
     * @param answer the token's id
     */
    double of(TokenMeasures measures, int answer) {
        return switch (this) {
            case LOG_P -> rounded(measures.logP());
            case LOG_ODDS -> rounded(measures.logOdds());
            case MARGIN -> rounded(measures.margin());
            case FOIL -> rounded(measures.foil());
            case RANK -> measures.rank();
            case TOP -> measures.top(answer);
            case KL -> rounded(measures.kl());
        };
    }

    private static double rounded(double nats) {
        return Math.round(nats * PER_NAT) / PER_NAT;
    }

    /** Whether it can have this value. */
    boolean canBe(double value) {
        return switch (this) {
            case LOG_P -> value <= 0;
            case LOG_ODDS -> Math.abs(value) <= TokenMeasures.CAP;
            case MARGIN, FOIL -> Double.isFinite(value);
            case RANK -> value >= 1 && value == (int) value;
            case TOP -> value >= 0 && value == (int) value;
            case KL -> value >= 0;
        };
    }
}
