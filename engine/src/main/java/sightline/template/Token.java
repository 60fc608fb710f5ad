package sightline.template;

/**
 * A piece of a template.
 *
 * @param text as written; for {@link Kind#DATA} what is printed
 * @param value of a literal: String, Long or Double; otherwise null
 * @param line of the template, from 1
 */
record Token(Kind kind, String text, Object value, int line) {
    enum Kind {
        DATA,
        PRINT_BEGIN,
        PRINT_END,
        TAG_BEGIN,
        TAG_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** For messages. */
    String describe() {
        return switch (kind) {
            case DATA -> "text";
            case PRINT_BEGIN, PRINT_END, TAG_BEGIN, TAG_END -> Refusal.quote(text.strip());
            case END -> "the end of the template";
            default -> Refusal.quote(text);
        };
    }
}
