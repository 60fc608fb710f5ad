package sightline.template;

import java.util.List;

/** An expression. Each kind is one row of the table of constructs. */
sealed interface Expr {
    /** Where it begins, from 1. */
    int line();

    /** A string, number, boolean or none. */
    record Literal(int line, Object value) implements Expr {}

    /** A variable. */
    record Name(int line, String name) implements Expr {}

    /** {@code [a, b]}. */
    record ListOf(int line, List<Expr> items) implements Expr {}

    /** {@code (a, b)}, also without the parentheses. */
    record TupleOf(int line, List<Expr> items) implements Expr {}

    /** {@code {k: v}}. */
    record DictOf(int line, List<Expr> keys, List<Expr> values) implements Expr {}

    /** {@code of.name}. */
    record Attribute(int line, Expr of, String name) implements Expr {}

    /** {@code of[index]}. */
    record Item(int line, Expr of, Expr index) implements Expr {}

    /** {@code of[start:stop:step]}; what is left out is null. */
    record Slice(int line, Expr of, Expr start, Expr stop, Expr step) implements Expr {}

    /** {@code of(...)}. */
    record Call(int line, Expr of, Arguments arguments) implements Expr {}

    /** {@code value | name(...)}. */
    record Filtered(int line, Expr value, FilterCall filter) implements Expr {}

    /** {@code value is name(...)}. */
    record Tested(int line, Expr value, String name, Arguments arguments) implements Expr {}

    /** {@code not value}. */
    record Not(int line, Expr value) implements Expr {}

    /** {@code -value} or {@code +value}. */
    record Signed(int line, boolean negative, Expr value) implements Expr {}

    /** {@code left operator right}. */
    record Binary(int line, String operator, Expr left, Expr right) implements Expr {}

    /** {@code a ~ b}. */
    record Joined(int line, List<Expr> parts) implements Expr {}

    /** {@code left and right}. */
    record And(int line, Expr left, Expr right) implements Expr {}

    /** {@code left or right}. */
    record Or(int line, Expr left, Expr right) implements Expr {}

    /** {@code first op b op c}, as long as it holds. */
    record Compared(int line, Expr first, List<String> operators, List<Expr> others) implements Expr {}

    /** {@code then if test else otherwise}; without its else, {@code otherwise} is null. */
    record Conditional(int line, Expr test, Expr then, Expr otherwise) implements Expr {}

    /** The name and arguments of a filter. */
    record FilterCall(int line, String name, Arguments arguments) {}
}
