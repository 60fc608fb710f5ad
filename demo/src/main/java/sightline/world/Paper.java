package sightline.world;

import java.util.List;

/** The kinds of documents, with the titles that they may bear. */
enum Paper {
    /** Narrow, with keys of three letters. */
    SLIP("TICKET", "CARD", "TAG", "CLUB", "POOL"),
    FORM("VISIT", "HOTEL", "SCHOOL", "CLINIC", "LIBRARY", "TRAIN"),
    /** Item, quantity, price. */
    RECEIPT("CAFE", "SHOP", "KIOSK", "MARKET", "STORE", "BAZAAR"),
    /** A short letter: each line a word and what it is about. */
    NOTE("NOTE", "LETTER", "MEMO", "MAIL", "FAX");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> titles;

    Paper(String... titles) {
        this.titles = List.of(titles);
    }

    List<String> titles() {
        return titles;
    }
}
