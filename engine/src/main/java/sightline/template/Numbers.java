package sightline.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Python's numbers as far as they fit: integers of 64 bits and finite floats. */
final class Numbers {
    private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MOST_DIGITS = 17; // of a double's shortest decimal

    private Numbers() {}

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** An integer or boolean as an integer. */
    static long integer(Object value) {
        return value instanceof Boolean flag ? (flag ? 1 : 0) : (Long) value;
    }

    static double real(Object value) {
        return value instanceof Double number ? number : (double) integer(value);
    }

    static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new Refusal("a number is not finite");
        }
        return value;
    }

    static Refusal tooLarge() {
        return new Refusal("a whole number is beyond 64 bits");
    }

    /** An integer literal, with its base. */
    static long parseLiteral(String digits) {
        if (digits.length() > 100) {
            throw tooLarge();
        }
        int base = digits.length() < 2
                ? 10
                : switch (digits.charAt(1)) {
                    case 'b', 'B' -> 2;
                    case 'o', 'O' -> 8;
                    case 'x', 'X' -> 16;
                    default -> 10;
                };
        BigInteger value = new BigInteger(base == 10 ? digits : digits.substring(2), base);
        if (value.compareTo(LONGEST) > 0) {
            throw tooLarge();
        }
        return value.longValue();
    }

    /** Negative, zero or positive as Python compares integers and floats: exactly. */
    static int compare(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x < y ? -1 : x > y ? 1 : 0;
        }
        if (a instanceof Double || b instanceof Double) {
            return exact(a).compareTo(exact(b));
        }
        return Long.compare(integer(a), integer(b));
    }

    private static BigDecimal exact(Object value) {
        return value instanceof Double number ? new BigDecimal(number) : BigDecimal.valueOf(integer(value));
    }

    /** Python's {@code repr} of a float: the shortest decimal that reads as the same number. */
    static String repr(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(new BigDecimal(Math.abs(value)), Math.abs(value));
        String digits = shortest.unscaledValue().toString().replaceFirst("0+$", "");
        int exponent = shortest.precision() - shortest.scale() - 1; // of the first digit
        StringBuilder out = new StringBuilder(value < 0 ? "-" : "");
        if (exponent < -4 || exponent >= 16) {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            return out.append('e')
                    .append(exponent < 0 ? '-' : '+')
                    .append("%02d".formatted(Math.abs(exponent)))
                    .toString();
        }
        if (exponent < 0) {
            return out.append("0.")
                    .append("0".repeat(-exponent - 1))
                    .append(digits)
                    .toString();
        }
        int whole = exponent + 1;
        String padded = digits + "0".repeat(Math.max(0, whole - digits.length()));
        out.append(padded, 0, whole).append('.');
        return out.append(padded.length() > whole ? padded.substring(whole) : "0")
                .toString();
    }

    private static BigDecimal shortest(BigDecimal exact, double value) {
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean belowFirst = exact.subtract(below).compareTo(above.subtract(exact)) <= 0;
            BigDecimal first = belowFirst ? below : above;
            BigDecimal second = belowFirst ? above : below;
            if (first.doubleValue() == value) {
                return first;
            }
            if (second.doubleValue() == value) {
                return second;
            }
        }
        return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
    }

    /** Python's {@code round(value, digits)}: half to even, of the exact value. */
    static double round(double value, int digits) {
        double rounded =
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
        return Math.copySign(finite(rounded), value);
    }

    /** Python's {@code int(value)}. */
    static long truncate(double value) {
        if (Math.abs(finite(value)) >= 0x1p63) {
            throw tooLarge();
        }
        return (long) value;
    }
}
