package sightline.template;

import java.util.Locale;

/**
 * Upper and lower case and kinds of characters as Python has them. Characters that are not yet in this Java's Unicode
 * are refused, since their properties depend on the version of Python.
 */
final class Letters {
    private static final int SIGMA = 0x3a3;

    private Letters() {}

    static String upper(String text) {
        return known(text).toUpperCase(Locale.ROOT);
    }

    /** What a capital sigma becomes depends on what stands around it, for which Java and Python have different rules. */
    static String lower(String text) {
        if (text.indexOf(SIGMA) >= 0) {
            throw new Refusal("the letter 'Σ' in lower case is not supported here");
        }
        return known(text).toLowerCase(Locale.ROOT);
    }

    /** {@code str.capitalize}. */
    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String first = Character.toString(text.codePointAt(0));
        return titled(first) + lower(text).substring(lower(first).length());
    }

    /** {@code str.title}: a letter is small if one stands before it. */
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int c : known(text).codePoints().toArray()) {
            String letter = Character.toString(c);
            out.append(inWord ? lower(letter) : titled(letter));
            inWord = isCased(c);
        }
        return out.toString();
    }

    private static String titled(String letter) {
        String upper = upper(letter);
        if (PythonString.length(upper) > 1) {
            throw new Refusal("the letter " + Refusal.quote(letter) + " as a capital is not supported here");
        }
        return Character.toString(Character.toTitleCase(letter.codePointAt(0)));
    }

    static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    /** Whether there are capitals and no other letters that have a case. */
    static boolean isUpper(String text) {
        return known(text).codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    static boolean isLower(String text) {
        return known(text).codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static boolean isAlpha(String text) {
        return !text.isEmpty() && known(text).codePoints().allMatch(Character::isLetter);
    }

    static boolean isDecimal(String text) {
        return !text.isEmpty() && known(text).codePoints().allMatch(Character::isDigit);
    }

    /** {@code str.isdigit}, {@code str.isalnum} and the like, whose tables of other numbers Java does not have. */
    static boolean isAlnum(String text, boolean letters) {
        return !text.isEmpty()
                && known(text).codePoints().allMatch(c -> {
                    refuseOtherNumber(c);
                    return Character.isDigit(c) || (letters && Character.isLetter(c));
                });
    }

    /** Whether {@code \w} matches. */
    static boolean isWord(int c) {
        known(Character.toString(c));
        refuseOtherNumber(c);
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static void refuseOtherNumber(int c) {
        int type = Character.getType(c);
        if (type == Character.OTHER_NUMBER || type == Character.LETTER_NUMBER) {
            throw new Refusal("the number sign " + Refusal.quote(Character.toString(c)) + " is not supported here");
        }
    }

    /**
     * Whether {@code repr} writes it as it is.
     *
     * @throws Refusal if that depends on the version of Unicode
     */
    static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> !known(Character.toString(c)).isEmpty();
        };
    }

    private static String known(String text) {
        text.codePoints().forEach(c -> {
            if (Character.getType(c) == Character.UNASSIGNED) {
                throw new Refusal("the character U+%04X is newer than the Unicode known here".formatted(c));
            }
        });
        return text;
    }
}
