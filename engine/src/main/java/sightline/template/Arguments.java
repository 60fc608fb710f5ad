package sightline.template;

import java.util.List;
import java.util.Map;

/** What stands between the parentheses of a call, as written. */
record Arguments(List<Expr> positional, Map<String, Expr> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());
}
