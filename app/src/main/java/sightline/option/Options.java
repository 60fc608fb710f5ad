package sightline.option;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.error.InputException;

/** Reads option values; each method refuses a wrong one with a message that names the option and what it takes. */
public final class Options {
    /** What Java puts in place of a byte that it cannot decode. */
    private static final char UNREADABLE = '\uFFFD';

    private Options() {}

    /** The constant of an enum whose name, as its {@code toString} gives it, is the value. */
    public static <E extends Enum<E>> E oneOf(String option, String value, E[] constants) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : constants) {
            byName.put(constant.toString(), constant);
        }
        return oneOf(option, value, byName);
    }

    /** The entry of that name. */
    public static <T> T oneOf(String option, String value, Map<String, T> byName) {
        T found = byName.get(value);
        if (found == null) {
            String all = String.join(", ", byName.keySet());
            throw unknown(option, value, byName.keySet(), byName.size() > 1 ? "one of " + all : all);
        }
        return found;
    }

    /** A whole number of at least a bound. */
    public static int integer(String option, String value, int least, String example) {
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
    public static long wholeNumber(String option, String value, String example) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw wrong(option, value, "a whole number", example);
        }
    }

    /** Whole numbers within bounds, at least one, none twice. */
    public static List<Integer> integers(String option, List<String> values, int least, int most, String example) {
        List<Integer> numbers = new ArrayList<>();
        for (String value : values) {
            int number = integer(option, value, least, example);
            if (number > most) {
                throw wrong(option, value, "a whole number from " + least + " to " + most, example);
            }
            if (numbers.contains(number)) {
                throw wrong(option, String.join(",", values), "each number once", example);
            }
            numbers.add(number);
        }
        return numbers;
    }

    /** A finite number above 0, at most a bound. */
    public static double positive(String option, String value, double most, String example) {
        try {
            double number = Double.parseDouble(value.strip());
            if (number > 0 && number <= most && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        String bound = most == Double.POSITIVE_INFINITY ? "" : ", at most " + plain(most);
        throw wrong(option, value, "a number above 0" + bound, example);
    }

    /** A number as a person writes it. */
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** A file or folder; an empty name would stand for the current folder. */
    public static Path path(String option, Path value) {
        if (value.toString().isEmpty()) {
            throw new InputException(option, "is empty", "a path", "Check the variable or script that it came from");
        }
        if (value.toString().indexOf(UNREADABLE) >= 0 && !Files.exists(value)) {
            throw new InputException(
                    option,
                    "is '" + value + "', in which a byte is no " + System.getProperty("sun.jnu.encoding"),
                    "a name in this system's encoding",
                    "Rename the file, or set the locale in which it was named, for example LC_ALL=C.UTF-8");
        }
        return value;
    }

    /** A file or folder to write. */
    public static Path output(String option, Path value) {
        if (value.toString().equals("-")) {
            throw new InputException(
                    option,
                    "is '-', but stdout is for what a person reads",
                    "a name",
                    "Give one, or ./- for a file that is called so");
        }
        return path(option, value);
    }

    /** A value that the option does not take; the example is one that it does. */
    public static InputException wrong(String option, String value, String expected, String example) {
        return new InputException(option, "is '" + value + "'", expected, "For example " + option + " " + example);
    }

    /** A name that does not exist; says the nearest that does. */
    public static InputException unknown(String option, String value, Collection<String> names, String expected) {
        List<String> near = Nearest.of(value, names);
        return new InputException(
                option,
                "does not know '" + value + "'",
                expected,
                near.isEmpty() ? "Take one of these" : "Perhaps you mean " + String.join(" or ", near));
    }
}
