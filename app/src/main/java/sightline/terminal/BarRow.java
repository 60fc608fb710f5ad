package sightline.terminal;

import java.util.Objects;

/**
 * One pathway in a chart.
 *
 * @param name as the command line has it, e.g. {@code image_to_last}
 * @param hue the colour of its name and bars
 * @param change of the probability in percent, per layer; not a number where a window around that layer cannot act
 */
@SuppressWarnings("ArrayRecordComponent") // numbers come and go as arrays; copied on the way in and out
public record BarRow(String name, Hue hue, double[] change) {
    public BarRow {
        Objects.requireNonNull(name);
        Objects.requireNonNull(hue);
        change = change.clone();
        for (double percent : change) {
            if (Double.isInfinite(percent)) {
                throw new IllegalArgumentException("a change of " + name + " is infinite");
            }
        }
    }

    /** Change in percent per layer; a copy. */
    @Override
    public double[] change() {
        return change.clone();
    }

    /** How many layers the row has. */
    int layers() {
        return change.length;
    }

    /** Whether a window around this layer can act. */
    boolean acts(int layer) {
        return !Double.isNaN(change[layer]);
    }

    double change(int layer) {
        return change[layer];
    }

    /** The largest rise, in percent; 0 if there is none. */
    double largestRise() {
        double rise = 0;
        for (double percent : change) {
            rise = percent > rise ? percent : rise;
        }
        return rise;
    }

    /** The layer of the largest drop, midway on a flat stretch; -1 if the pathway can act nowhere. */
    int lowest() {
        int first = -1;
        for (int layer = 0; layer < change.length; layer++) {
            if (acts(layer) && (first < 0 || change[layer] < change[first])) {
                first = layer;
            }
        }
        int last = first;
        while (last >= 0 && last + 1 < change.length && change[last + 1] == change[first]) {
            last++;
        }
        return first < 0 ? -1 : (first + last) / 2;
    }
}
