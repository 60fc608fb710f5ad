package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Numbers of the page's data: rounded, and null where there is none. */
final class JsonNumbers {
    static final double THOUSAND = 1000;
    static final double MILLION = 1e6;

    private JsonNumbers() {}

    /** A number; null if it is unknown, or has no end. */
    static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, rounded(value, THOUSAND));
        } else {
            json.putNull(name);
        }
    }

    /** Numbers, rounded to one in {@code unit}. */
    static void numbers(ArrayNode json, double[] values, double unit) {
        for (double value : values) {
            number(json, value, unit);
        }
    }

    /** What is unknown, or has no end, is null. */
    private static void number(ArrayNode json, double value, double unit) {
        if (Double.isFinite(value)) {
            json.add(rounded(value, unit));
        } else {
            json.addNull();
        }
    }

    /** Rounded to one in {@code unit}. */
    static double rounded(double value, double unit) {
        return Math.round(value * unit) / unit;
    }
}
