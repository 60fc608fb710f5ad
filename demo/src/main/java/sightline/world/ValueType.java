package sightline.world;

import java.util.List;

/** What may stand behind a key. */
enum ValueType {
    NAME,
    CITY,
    /** Two digits. */
    NUMBER,
    /** A letter and two digits. */
    CODE,
    /** Day and month. */
    DATE,
    /** With one decimal. */
    PRICE,
    /** A box, ticked or not. */
    BOX,
    /** Something to buy. */
    GOODS;

    static final List<String> NAMES =
            List.of("ANNA", "ADAM", "BEN", "BELLA", "CARL", "CLARA", "DORA", "EMIL", "EVA", "FINN", "HANA", "IVAN");
    static final List<String> CITIES = List.of(
            "ROME", "RIGA", "OSLO", "PARIS", "LIMA", "LYON", "CAIRO", "DELHI", "BERN", "BONN", "SEOUL", "TUNIS");
    static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    /** One as it stands on paper. */
    String make(Dice dice) {
        return switch (this) {
            case NAME -> dice.pick(NAMES);
            case CITY -> dice.pick(CITIES);
            case NUMBER -> Integer.toString(dice.between(10, 99));
            case CODE -> (char) ('A' + dice.between(0, 25)) + Integer.toString(dice.between(10, 99));
            case DATE -> dice.between(10, 28) + " " + dice.pick(MONTHS);
            case PRICE -> dice.between(1, 19) + "." + dice.between(0, 9);
            case BOX -> String.valueOf(dice.chance(0.5) ? PixelFont.TICKED_BOX : PixelFont.EMPTY_BOX);
            case GOODS -> dice.pick(Field.goods()).name();
        };
    }
}
