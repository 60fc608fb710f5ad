package sightline.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import sightline.template.Statement.Branch;
import sightline.template.Statement.Signature;
import sightline.template.Statement.Target;
import sightline.template.Token.Kind;

/** Reads text and tags. */
final class StatementParser {
    /** The tags of the table, each with what reads it once its name has been read. */
    private static final Map<String, Function<StatementParser, Statement>> TAGS = new TreeMap<>(Map.ofEntries(
            Map.entry("if", StatementParser::ifTag),
            Map.entry("for", StatementParser::forTag),
            Map.entry("break", p -> p.jump(true)),
            Map.entry("continue", p -> p.jump(false)),
            Map.entry("set", StatementParser::set),
            Map.entry("with", StatementParser::with),
            Map.entry("filter", StatementParser::filterBlock),
            Map.entry("macro", StatementParser::macro),
            Map.entry("call", StatementParser::call),
            Map.entry("generation", StatementParser::generation)));

    private static final int MOST_LOOPS = 18; // Python takes 20 blocks inside each other

    private final TokenStream in;
    private final ExpressionParser expressions;
    private final TargetParser targets;
    private int nested; // loops inside each other
    private int loops; // that a break or continue here would belong to

    private StatementParser(TokenStream in) {
        this.in = in;
        this.expressions = new ExpressionParser(in);
        this.targets = new TargetParser(in, expressions);
    }

    /** The names of the tags that open something or stand alone. */
    static Set<String> tags() {
        return TAGS.keySet();
    }

    /**
     * A whole template.
     *
     * @throws TemplateException if it breaks Jinja's rules or uses what is not in the table
     */
    static List<Statement> parse(List<Token> tokens) {
        StatementParser parser = new StatementParser(new TokenStream(tokens));
        try {
            List<Statement> all = parser.until();
            if (parser.in.current().kind() != Kind.END) {
                throw new Refusal("the tag " + parser.in.current().describe() + " closes nothing");
            }
            return all;
        } catch (Refusal e) {
            throw e.at(parser.in.lastLine());
        }
    }

    /** Statements up to the end or to a tag with one of these names, which becomes the current token. */
    private List<Statement> until(String... ends) {
        List<Statement> statements = new ArrayList<>();
        while (in.current().kind() != Kind.END) {
            Token token = in.next();
            switch (token.kind()) {
                case DATA -> statements.add(new Statement.Text(token.text()));
                case PRINT_BEGIN -> {
                    statements.add(new Statement.Print(token.line(), expressions.tuple(true, null)));
                    in.expect(Kind.PRINT_END, "'}}'");
                }
                default -> {
                    if (in.current().kind() == Kind.NAME
                            && List.of(ends).contains(in.current().text())) {
                        return statements;
                    }
                    statements.add(tag());
                    in.expect(Kind.TAG_END, "'%}'");
                }
            }
        }
        if (ends.length > 0) {
            throw new Refusal("the template ends where the tag '" + ends[ends.length - 1] + "' is expected");
        }
        return statements;
    }

    private Statement tag() {
        String name = in.expectName();
        Function<StatementParser, Statement> reader = TAGS.get(name);
        if (reader == null) {
            throw new Refusal("the tag " + Refusal.quote(name)
                    + (name.startsWith("end") || name.startsWith("el") ? " closes nothing" : " is not supported here"));
        }
        return reader.apply(this);
    }

    /** The body of a tag; its end, one of the names, becomes the current token. */
    private List<Statement> body(String... ends) {
        in.enter();
        in.skipOperator(":");
        in.expect(Kind.TAG_END, "'%}'");
        List<Statement> body = until(ends);
        in.leave();
        return body;
    }

    /** The same where only one name may end it, which is read as well. */
    private List<Statement> closed(String end) {
        List<Statement> body = body(end);
        in.next();
        return body;
    }

    private Statement ifTag() {
        List<Branch> branches = new ArrayList<>();
        do {
            Expr test = expressions.tuple(false, null);
            branches.add(new Branch(test, body("elif", "else", "endif")));
        } while (in.skipName("elif"));
        boolean otherwise = in.next().isName("else");
        return new Statement.If(branches, otherwise ? closed("endif") : List.of());
    }

    private Statement forTag() {
        int line = in.line();
        Target target = targets.target("in", false);
        TargetParser.requireNoLoop(target);
        if (!in.skipName("in")) {
            throw new Refusal("'in' is expected instead of " + in.current().describe());
        }
        Expr items = expressions.tuple(false, "recursive");
        Expr condition = in.skipName("if") ? expressions.expression() : null;
        boolean recursive = in.skipName("recursive");
        if (++nested > MOST_LOOPS) {
            throw new Refusal("loops nest more than " + MOST_LOOPS + " levels deep");
        }
        int around = loops;
        loops = recursive ? 1 : loops + 1;
        List<Statement> body = body("endfor", "else");
        loops = recursive ? 0 : around; // Jinja2 writes a recursive loop as a function of its own
        List<Statement> otherwise = in.next().isName("else") ? closed("endfor") : List.of();
        loops = around;
        nested--;
        return new Statement.For(line, target, items, condition, recursive, body, otherwise);
    }

    private Statement jump(boolean ends) {
        if (loops == 0) {
            throw new Refusal("'" + (ends ? "break" : "continue") + "' stands outside a loop");
        }
        return new Statement.Jump(ends);
    }

    private Statement set() {
        int line = in.line();
        Target target = targets.target(null, true);
        if (in.skipOperator("=")) {
            return new Statement.Set(line, target, expressions.tuple(true, null));
        }
        List<Expr.FilterCall> filters = new ArrayList<>();
        while (in.current().isOperator("|")) {
            filters.add(expressions.operands().filter(false));
        }
        return new Statement.SetBlock(line, target, filters, closed("endset"));
    }

    private Statement with() {
        int line = in.line();
        List<Target> all = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        while (in.current().kind() != Kind.TAG_END) {
            if (!all.isEmpty()) {
                in.expectOperator(",");
            }
            all.add(targets.target(null, false));
            in.expectOperator("=");
            values.add(expressions.expression());
        }
        return new Statement.With(line, all, values, closed("endwith"));
    }

    private Statement filterBlock() {
        int line = in.line();
        List<Expr.FilterCall> filters =
                new ArrayList<>(List.of(expressions.operands().filter(true)));
        while (in.current().isOperator("|")) {
            filters.add(expressions.operands().filter(false));
        }
        return new Statement.FilterBlock(line, filters, closed("endfilter"));
    }

    private Statement macro() {
        int line = in.line();
        String name = TargetParser.variable(in.expectName());
        return new Statement.Define(line, signature(name, "endmacro"));
    }

    private Statement call() {
        int line = in.line();
        List<String> parameters = new ArrayList<>();
        List<Expr> defaults = new ArrayList<>();
        if (in.current().isOperator("(")) {
            targets.parameters(parameters, defaults);
        }
        if (!(expressions.expression() instanceof Expr.Call call)) {
            throw new Refusal("the tag 'call' holds no call");
        }
        return new Statement.CallBlock(line, call, new Signature("caller", parameters, defaults, function("endcall")));
    }

    private Statement generation() {
        int line = in.line();
        return new Statement.Generation(
                line, new Signature("generation", List.of(), List.of(), function("endgeneration")));
    }

    private Signature signature(String name, String end) {
        List<String> parameters = new ArrayList<>();
        List<Expr> defaults = new ArrayList<>();
        targets.parameters(parameters, defaults);
        return new Signature(name, parameters, defaults, function(end));
    }

    /** A body that Jinja2 makes a function of: it cannot end a loop around it. */
    private List<Statement> function(String end) {
        int around = loops;
        loops = 0;
        List<Statement> body = closed(end);
        loops = around;
        return body;
    }
}
