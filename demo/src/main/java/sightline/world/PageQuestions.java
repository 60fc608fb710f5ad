package sightline.world;

import java.math.BigDecimal;
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
            kind("doc_box", 1, PageQuestions::box),
            kind("doc_title", 0.6, PageQuestions::title),
            kind("doc_first", 1, PageQuestions::first),
            kind("doc_hand", 1.5, PageQuestions::hand),
            kind("doc_letter", 1.5, PageQuestions::letter),
            kind("doc_paper", 0.6, PageQuestions::paper));

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

    private static Optional<Asked> box(Page page, Dice dice) {
        return about(
                page.lines(),
                dice,
                line -> line.field().type() == ValueType.BOX,
                line -> asked(
                        YES_NO,
                        "Is " + line.field().word() + " ticked?",
                        line.value().charAt(0) == PixelFont.TICKED_BOX ? Kind.YES : Kind.NO));
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

    private static Optional<Asked> paper(Page page, Dice dice) {
        return Asked.open(OTHERS, "What kind of document is this?", page.paper().word());
    }
}
