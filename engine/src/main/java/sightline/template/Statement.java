package sightline.template;

import java.util.List;

/** What stands between tags, and the tags. */
sealed interface Statement {
    /** Text as it is. */
    record Text(String text) implements Statement {}

    /** {@code {{ value }}}. */
    record Print(int line, Expr value) implements Statement {}

    /** {@code if}, {@code elif} and {@code else}. */
    record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

    /** One condition and what it guards. */
    record Branch(Expr test, List<Statement> body) {}

    /**
     * {@code for}.
     *
     * @param condition which items are taken, or null for all
     */
    record For(
            int line,
            Target target,
            Expr items,
            Expr condition,
            boolean recursive,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /** {@code break} and {@code continue}. */
    record Jump(boolean ends) implements Statement {}

    /** {@code set target = value}. */
    record Set(int line, Target target, Expr value) implements Statement {}

    /** {@code set target | filters} ... {@code endset}. */
    record SetBlock(int line, Target target, List<Expr.FilterCall> filters, List<Statement> body)
            implements Statement {}

    /** {@code with}. */
    record With(int line, List<Target> targets, List<Expr> values, List<Statement> body) implements Statement {}

    /** A block that is filtered. */
    record FilterBlock(int line, List<Expr.FilterCall> filters, List<Statement> body) implements Statement {}

    /** {@code macro}. */
    record Define(int line, Signature signature) implements Statement {}

    /** {@code call}. */
    record CallBlock(int line, Expr.Call call, Signature signature) implements Statement {}

    /** {@code generation}: prints its body. */
    record Generation(int line, Signature signature) implements Statement {}

    /**
     * What a macro takes and does.
     *
     * @param defaults of the last parameters, as many as have one
     */
    record Signature(String name, List<String> parameters, List<Expr> defaults, List<Statement> body) {}

    /** What an assignment sets. */
    sealed interface Target {
        /** A variable. */
        record Variable(String name) implements Target {}

        /** {@code namespace.attribute}. */
        record Field(String name, String attribute) implements Target {}

        /** Several, each of which takes one item. */
        record Several(List<Target> targets) implements Target {}
    }
}
