package sightline.world;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import sightline.dataset.Dataset;
import sightline.world.Kind.Asked;
import sightline.world.Page.Line;

/** Questions about documents, as in DocVQA. */
final class PageQuestions {
    private static final String FORM = "form";
    private static final String TABLE = "table/list";
    private static final String LAYOUT = "layout";
    private static final String HAND = "handwritten";
    private static final String YES_NO = "Yes/No";
    private static final String FREE_TEXT = "free_text";
    private static final String OTHERS = "others";

    static final List<Kind<Page>> ALL = List.of(
            kind("doc_value", 1.5, PageQuestions::value),
            kind("doc_price", 2, PageQuestions::price),
            kind("doc_quantity", 1, PageQuestions::quantity),
            kind("doc_dearer", 2, PageQuestions::dearer),
            kind("doc_more", 1, PageQuestions::more),
            kind("doc_box", 1, PageQuestions::box),
            kind("doc_same", 2, PageQuestions::same),
            kind("doc_title", 0.4, PageQuestions::title),
            kind("doc_first", 0.5, PageQuestions::first),
            kind("doc_next", 0.6, PageQuestions::next),
            kind("doc_next_value", 1, PageQuestions::nextValue),
            kind("doc_hand", 1.5, PageQuestions::hand),
            kind("doc_letter", 1.5, PageQuestions::letter),
            kind("doc_letter_is", 1.5, PageQuestions::letterIs),
            kind("doc_which", 0.8, PageQuestions::which));

    private PageQuestions() {}

    private static Kind<Page> kind(String name, double weight, Kind.Maker<Page> maker) {
        return new Kind<>(name, Dataset.DOCVQA, weight, maker);
    }

    /** A question about one of the lines that fit. */
    private static Optional<Asked> about(
            List<Line> lines, Dice dice, Predicate<Line> fit, Function<Line, Asked> question) {
        List<Line> fitting = lines.stream().filter(fit).toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(question.apply(dice.pick(fitting)));
    }

    private static Asked asked(String category, String question, String answer) {
        return new Asked(category, question, answer, List.of());
    }

    private static boolean isField(Line line) {
        Paper paper = line.field().paper();
        return (paper == Paper.FORM || paper == Paper.SLIP) && line.field().type() != ValueType.BOX;
    }

    private static Optional<Asked> value(Page page, Dice dice) {
        return about(
                page.lines(),
                dice,
                PageQuestions::isField,
                line -> asked(
                        line.byHand() ? HAND : FORM,
                        "What is the " + line.field().word() + "?",
                        line.value()));
    }

    private static Optional<Asked> price(Page page, Dice dice) {
        return about(
                page.lines(),
                dice,
                line -> line.field().type() == ValueType.PRICE,
                line -> asked(
                        line.byHand() ? HAND : TABLE,
                        line.field() == Field.TOTAL
                                ? "What is the total?"
                                : "What is the price of " + line.field().word() + "?",
                        line.value()));
    }

    private static Optional<Asked> quantity(Page page, Dice dice) {
        return about(
                page.goods(),
                dice,
                line -> true,
                line -> asked(TABLE, "What is the quantity of " + line.field().word() + "?", line.quantity()));
    }

    private static Optional<Asked> dearer(Page page, Dice dice) {
        List<Line> two = dice.sample(page.goods(), 2);
        if (two.size() < 2) {
            return Optional.empty();
        }
        int order = new BigDecimal(two.get(0).value())
                .compareTo(new BigDecimal(two.get(1).value()));
        return order == 0
                ? Optional.empty()
                : Asked.open(
                        TABLE,
                        "Which costs more, " + two.get(0).field().word() + " or "
                                + two.get(1).field().word() + "?",
                        two.get(order > 0 ? 0 : 1).field().name());
    }

    private static Optional<Asked> more(Page page, Dice dice) {
        List<String> yes = new ArrayList<>();
        List<String> no = new ArrayList<>();
        for (Line one : page.goods()) {
            for (Line other : page.goods()) {
                if (!one.quantity().equals(other.quantity())) {
                    boolean more = one.quantity().compareTo(other.quantity()) > 0; // one digit each
                    (more ? yes : no)
                            .add("Is there more " + one.field().word() + " than "
                                    + other.field().word() + "?");
                }
            }
        }
        return Kind.fair(dice, YES_NO, yes, no);
    }

    private static Optional<Asked> box(Page page, Dice dice) {
        return about(
                page.lines(),
                dice,
                line -> line.field().type() == ValueType.BOX,
                line -> asked(
                        YES_NO,
                        "Is " + line.field().word() + " ticked?",
                        line.value().charAt(0) == Glyphs.TICKED_BOX ? Kind.YES : Kind.NO));
    }

    private static Optional<Asked> same(Page page, Dice dice) {
        Optional<Line> host = page.line(Field.HOST);
        Optional<Line> guest = page.line(Field.GUEST);
        if (host.isEmpty() || guest.isEmpty()) {
            return Optional.empty();
        }
        boolean same = host.get().value().equals(guest.get().value());
        return Asked.open(YES_NO, "Are host and guest the same?", same ? Kind.YES : Kind.NO);
    }

    private static Optional<Asked> title(Page page, Dice dice) {
        return Asked.open(LAYOUT, "What is the title?", page.title());
    }

    private static Optional<Asked> first(Page page, Dice dice) {
        int last = page.lines().size() - 1;
        boolean first = dice.chance(0.5);
        return page.paper() == Paper.NOTE || page.line(Field.TOTAL).isPresent()
                ? Optional.empty() // their order says it
                : Asked.open(
                        LAYOUT,
                        first ? "What is in the first line?" : "What is in the last line?",
                        page.lines().get(first ? 0 : last).field().name());
    }

    /** Of two lines, one below the other: what stands in one, asked by way of the other. */
    private static Optional<Asked> neighbours(Page page, Dice dice, Neighbours ask) {
        if (page.paper() == Paper.NOTE || page.lines().size() < 2) {
            return Optional.empty();
        }
        int at = dice.between(1, page.lines().size() - 1);
        Line upper = page.lines().get(at - 1);
        Line lower = page.lines().get(at);
        return dice.chance(0.5)
                ? ask.ask("below " + upper.field().word(), lower)
                : ask.ask("above " + lower.field().word(), upper);
    }

    private interface Neighbours {
        Optional<Asked> ask(String where, Line found);
    }

    private static Optional<Asked> next(Page page, Dice dice) {
        return neighbours(
                page,
                dice,
                (where, found) -> found.field() == Field.TOTAL
                        ? Optional.empty()
                        : Asked.open(
                                LAYOUT,
                                "Which entry is " + where + "?",
                                found.field().name()));
    }

    private static Optional<Asked> nextValue(Page page, Dice dice) {
        return neighbours(
                page,
                dice,
                (where, found) -> found.field().type() == ValueType.BOX
                        ? Optional.empty()
                        : Asked.open(
                                LAYOUT,
                                page.paper() == Paper.RECEIPT
                                        ? "What is the price " + where + "?"
                                        : "What is the value " + where + "?",
                                found.value()));
    }

    private static Optional<Asked> hand(Page page, Dice dice) {
        return about(
                page.lines(),
                dice,
                Line::byHand,
                line -> dice.chance(0.5)
                        ? asked(HAND, "What is written by hand?", line.value())
                        : asked(
                                HAND,
                                "Which entry is written by hand?",
                                line.field().name()));
    }

    private static Optional<Asked> letter(Page page, Dice dice) {
        return page.paper() == Paper.NOTE
                ? about(page.lines(), dice, line -> true, line -> asked(FREE_TEXT, letter(line.field()), line.value()))
                : Optional.empty();
    }

    private static String letter(Field field) {
        return switch (field) {
            case DEAR -> "Who is the letter for?";
            case MEET -> "Who is to be met?";
            case CALL -> "Who is to be called?";
            case YOUR -> "Who wrote the letter?";
            case IN -> "Where is the meeting?";
            case ON -> "When is the meeting?";
            case TAXI -> "Which taxi is to be taken?";
            case BUY -> "What is to be bought?";
            default -> throw new IllegalArgumentException(field + " is in no letter");
        };
    }

    /** The wrong name comes from the same letter: it is there, but not in that part. */
    private static Optional<Asked> letterIs(Page page, Dice dice) {
        List<String> yes = new ArrayList<>();
        List<String> no = new ArrayList<>();
        List<Line> named = page.lines().stream()
                .filter(line ->
                        line.field().paper() == Paper.NOTE && line.field().type() == ValueType.NAME)
                .toList();
        for (Line line : named) {
            for (Line other : named) {
                boolean right = line.value().equals(other.value());
                (right ? yes : no).add(letterIs(line.field(), other.value()));
            }
        }
        return Kind.fair(dice, YES_NO, yes, no);
    }

    private static String letterIs(Field field, String name) {
        return switch (field) {
            case DEAR -> "Is the letter for " + name + "?";
            case MEET -> "Is " + name + " to be met?";
            case CALL -> "Is " + name + " to be called?";
            case YOUR -> "Is the letter by " + name + "?";
            default -> throw new IllegalArgumentException(field + " is followed by no name");
        };
    }

    /** From a value back to its key; no other line may hold that value. */
    private static Optional<Asked> which(Page page, Dice dice) {
        if (page.paper() == Paper.RECEIPT) {
            return about(
                    page.goods(),
                    dice,
                    line -> alone(page, line),
                    line -> asked(
                            OTHERS,
                            "Which entry costs " + line.value() + "?",
                            line.field().name()));
        }
        return about(
                page.lines(),
                dice,
                line -> isField(line) && alone(page, line),
                line -> asked(
                        OTHERS,
                        "Which entry is " + line.value() + "?",
                        line.field().name()));
    }

    private static boolean alone(Page page, Line line) {
        return page.lines().stream()
                        .filter(other -> other.value().equals(line.value()))
                        .count()
                == 1;
    }
}
