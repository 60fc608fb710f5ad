package sightline.world;

import java.util.List;

/** The kinds of documents, with the titles that they may bear. */
enum Paper {
    /** Narrow, with keys of three letters. */
    SLIP("slip", "TICKET", "CARD", "TAG", "CLUB", "POOL"),
    FORM("form", "VISIT", "HOTEL", "SCHOOL", "CLINIC", "LIBRARY", "TRAIN"),
    /** Item, quantity, price. */
    RECEIPT("receipt", "CAFE", "SHOP", "KIOSK", "MARKET", "STORE", "BAZAAR"),
    /** A short letter: each line a word and what it is about. */
    NOTE("letter", "NOTE", "LETTER", "MEMO", "MAIL", "FAX");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> titles;

    Paper(String word, String... titles) {
        this.word = word;
        this.titles = List.of(titles);
    }

    /** As an answer names it. */
    String word() {
        return word;
    }

    List<String> titles() {
        return titles;
    }
}
