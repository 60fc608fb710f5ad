package sightline.world;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The keys that documents print, each with what may follow. */
enum Field {
    AGE(Paper.SLIP, ValueType.NUMBER),
    ROW(Paper.SLIP, ValueType.NUMBER),
    BUS(Paper.SLIP, ValueType.NUMBER),
    BED(Paper.SLIP, ValueType.NUMBER),
    LOT(Paper.SLIP, ValueType.NUMBER),
    BOX(Paper.SLIP, ValueType.NUMBER),
    VIP(Paper.SLIP, ValueType.BOX),
    NEW(Paper.SLIP, ValueType.BOX),

    NAME(Paper.FORM, ValueType.NAME),
    HOST(Paper.FORM, ValueType.NAME),
    GUEST(Paper.FORM, ValueType.NAME),
    CITY(Paper.FORM, ValueType.CITY),
    HOME(Paper.FORM, ValueType.CITY),
    ROOM(Paper.FORM, ValueType.NUMBER),
    SEAT(Paper.FORM, ValueType.NUMBER),
    CODE(Paper.FORM, ValueType.CODE),
    PASS(Paper.FORM, ValueType.CODE),
    DATE(Paper.FORM, ValueType.DATE),
    BORN(Paper.FORM, ValueType.DATE),
    PAID(Paper.FORM, ValueType.BOX),
    OPEN(Paper.FORM, ValueType.BOX),

    TEA(Paper.RECEIPT, ValueType.PRICE),
    MILK(Paper.RECEIPT, ValueType.PRICE),
    BREAD(Paper.RECEIPT, ValueType.PRICE),
    RICE(Paper.RECEIPT, ValueType.PRICE),
    SOAP(Paper.RECEIPT, ValueType.PRICE),
    FISH(Paper.RECEIPT, ValueType.PRICE),
    CAKE(Paper.RECEIPT, ValueType.PRICE),
    SALT(Paper.RECEIPT, ValueType.PRICE),
    APPLE(Paper.RECEIPT, ValueType.PRICE),
    LEMON(Paper.RECEIPT, ValueType.PRICE),
    TOTAL(Paper.RECEIPT, ValueType.PRICE),

    DEAR(Paper.NOTE, ValueType.NAME),
    MEET(Paper.NOTE, ValueType.NAME),
    CALL(Paper.NOTE, ValueType.NAME),
    YOUR(Paper.NOTE, ValueType.NAME),
    IN(Paper.NOTE, ValueType.CITY),
    ON(Paper.NOTE, ValueType.DATE),
    TAXI(Paper.NOTE, ValueType.NUMBER),
    BUY(Paper.NOTE, ValueType.GOODS);

    private final Paper paper;
    private final ValueType type;

    Field(Paper paper, ValueType type) {
        this.paper = paper;
        this.type = type;
    }

    Paper paper() {
        return paper;
    }

    ValueType type() {
        return type;
    }

    /** As a question names it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All that a kind of paper may print. */
    static List<Field> on(Paper paper) {
        return Arrays.stream(values()).filter(field -> field.paper == paper).toList();
    }

    /** What can be bought. */
    static List<Field> goods() {
        return on(Paper.RECEIPT).stream().filter(field -> field != TOTAL).toList();
    }
}
