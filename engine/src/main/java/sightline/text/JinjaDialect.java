package sightline.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.loader.ResourceNotFoundException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jinja as chat templates are written for it: what the reference implementation adds, and no way out of the template. */
final class JinjaDialect {
    private static final int MOST_OUTPUT = 1 << 24; // characters: far above any prompt, far below trouble
    private static final int MOST_ITEMS = 1 << 16;

    private static final Pattern FILTER = Pattern.compile("\\|\\s*(\\w+)");
    private static final Pattern TEST = Pattern.compile("\\bis\\s+(?:not\\s+)?(\\w+)");

    private static final Pattern BLOCK = Pattern.compile("(?m)^%\\s*(if|for|endif|endfor|else)\\b");

    private JinjaDialect() {}

    /** What a template says with {@code raise_exception}. */
    static final class Raised extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Raised(String message) {
            super(message);
        }
    }

    /** A new engine. Making one takes a while; it may be shared by threads. */
    static Jinjava engine() {
        Jinjava jinjava = new Jinjava(JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false) // braces in a question are just braces
                .withElResolver(new TemplateMembers())
                .withDisabled(Map.of(Library.TAG, Set.of("include", "import", "from", "extends")))
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withEvaluateMapKeys(true)
                        .withIterateOverMapKeys(true)
                        .withKeepNullableLoopValues(true)
                        .withUseNaturalOperatorPrecedence(true)
                        .withHandleBackslashInQuotesOnly(true)
                        .withAllowAdjacentTextNodes(true)
                        .build())
                .withKeepTrailingNewline(true)
                .withMaxOutputSize(MOST_OUTPUT)
                .withMaxListSize(MOST_ITEMS)
                .withMaxMapSize(MOST_ITEMS)
                .withRangeLimit(MOST_ITEMS)
                .build());
        jinjava.setResourceLocator((name, encoding, interpreter) -> {
            throw new ResourceNotFoundException("a chat template cannot read '" + name + "'");
        });
        jinjava.registerFilter(new ToJson());
        jinjava.registerFilter(new Items());
        jinjava.registerFilter(new Trim());
        jinjava.registerFunction(
                new ELFunctionDefinition("", "raise_exception", JinjaDialect.class, "raise", String.class));
        return jinjava;
    }

    @SuppressWarnings("DoNotCallSuggester") // called by templates
    static Object raise(String message) {
        throw new Raised(message);
    }

    /**
     * Refuses what jinjava would quietly read otherwise: filters and tests that do not exist count as undefined there,
     * and the {@code else} of a loop as part of its body.
     *
     * @param code the tags of a template; see {@link JinjaWhitespace.Settled}
     * @throws IllegalArgumentException naming the first
     */
    static void requireSupported(Jinjava engine, String code) {
        Context known = engine.getGlobalContext();
        requireKnown("filter", FILTER.matcher(code), name -> known.getFilter(name) != null);
        requireKnown("test", TEST.matcher(code), name -> known.getExpTest(name) != null);
        Deque<String> open = new ArrayDeque<>();
        for (Matcher block = BLOCK.matcher(code); block.find(); ) {
            switch (block.group(1)) {
                case "if", "for" -> open.push(block.group(1));
                case "endif", "endfor" -> open.poll();
                default -> {
                    if ("for".equals(open.peek())) {
                        throw new IllegalArgumentException("it uses 'else' with a loop, which is not supported here");
                    }
                }
            }
        }
    }

    private static void requireKnown(String kind, Matcher names, Predicate<String> known) {
        while (names.find()) {
            if (!known.test(names.group(1))) {
                throw new IllegalArgumentException(
                        "it uses a " + kind + " '" + names.group(1) + "' that is not known here");
            }
        }
    }

    /** {@code value | tojson} and {@code value | tojson(indent=4)}. */
    private static final class ToJson implements AdvancedFilter {
        @Override
        public String getName() {
            return "tojson";
        }

        @Override
        public Object filter(Object value, JinjavaInterpreter interpreter, Object[] args, Map<String, Object> named) {
            Object indent = args.length > 0 ? args[0] : named.get("indent");
            return PythonJson.write(value, indent instanceof Number number ? number.intValue() : -1);
        }
    }

    /** {@code map | items}: pairs to loop over. */
    private static final class Items implements AdvancedFilter {
        @Override
        public String getName() {
            return "items";
        }

        @Override
        public Object filter(Object value, JinjavaInterpreter interpreter, Object[] args, Map<String, Object> named) {
            if (value instanceof Map<?, ?> map) {
                return TemplateMembers.pairs(map);
            }
            throw new IllegalArgumentException("the filter 'items' needs a mapping, not " + value);
        }
    }

    /** {@code text | trim}, with Python's idea of white space. */
    private static final class Trim implements AdvancedFilter {
        @Override
        public String getName() {
            return "trim";
        }

        @Override
        public Object filter(Object value, JinjavaInterpreter interpreter, Object[] args, Map<String, Object> named) {
            return PythonText.strip(Objects.toString(value, ""));
        }
    }
}
