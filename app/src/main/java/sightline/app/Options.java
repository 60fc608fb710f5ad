package sightline.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.error.InputException;

/** Reads option values; each method refuses a wrong one with a message that names the option and what it takes. */
final class Options {
    private Options() {}

    /** The constant of an enum whose name, as its {@code toString} gives it, is the value. */
    static <E extends Enum<E>> E oneOf(String option, String value, E[] constants) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : constants) {
            byName.put(constant.toString(), constant);
        }
        return oneOf(option, value, byName);
    }

    /** The entry of that name. */
    static <T> T oneOf(String option, String value, Map<String, T> byName) {
        T found = byName.get(value);
        if (found == null) {
            String all = String.join(", ", byName.keySet());
            throw unknown(option, value, byName.keySet(), byName.size() > 1 ? "one of " + all : all);
        }
        return found;
    }

    /** A whole number of at least a bound. */
    static int integer(String option, String value, int least, String example) {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(option, value, "a whole number of at least " + least, example);
    }

    /** A whole number. */
    static long wholeNumber(String option, String value, String example) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw wrong(option, value, "a whole number", example);
        }
    }

    /** Whole numbers of at least a bound, at least one, none twice. */
    static List<Integer> integers(String option, List<String> values, int least, String example) {
        List<Integer> numbers = new ArrayList<>();
        for (String value : values) {
            int number = integer(option, value, least, example);
            if (numbers.contains(number)) {
                throw wrong(option, String.join(",", values), "each number once", example);
            }
            numbers.add(number);
        }
        return numbers;
    }

    /** A finite number above 0, at most a bound. */
    static double positive(String option, String value, double most, String example) {
        try {
            double number = Double.parseDouble(value.strip());
            if (number > 0 && number <= most && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        String bound = most == Double.POSITIVE_INFINITY ? "" : ", at most " + most;
        throw wrong(option, value, "a number above 0" + bound, example);
    }

    /** A file or folder; an empty name would stand for the current folder. */
    static Path path(String option, Path value) {
        if (value.toString().isEmpty()) {
            throw new InputException(option, "is empty", "a path", "Check the variable or script that it came from");
        }
        return value;
    }

    /** A value that the option does not take; the example is one that it does. */
    static InputException wrong(String option, String value, String expected, String example) {
        return new InputException(option, "is '" + value + "'", expected, "For example " + option + " " + example);
    }

    /** A name that does not exist; says the nearest that does. */
    static InputException unknown(String option, String value, Collection<String> names, String expected) {
        String nearest = value;
        int distance = Integer.MAX_VALUE;
        for (String name : names) {
            int d = edits(value, name);
            if (d < distance) {
                distance = d;
                nearest = name;
            }
        }
        boolean near = distance <= Math.max(2, value.length() / 3);
        return new InputException(
                option,
                "does not know '" + value + "'",
                expected,
                near ? "Perhaps you mean " + nearest : "Take one of these");
    }

    /** Levenshtein's distance: letters to insert, drop or change. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
