package sightline.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.AttentionRow;
import sightline.knockout.ModelShape;
import sightline.knockout.PictureTokens;
import sightline.knockout.Reading;
import sightline.option.Options;

/** Of which text rows attention is read beside those that are read out. */
final class AttentionRowsOption {
    private static final String ALL = "all";
    private static final String EXAMPLE = "12,15-18";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    /** What the weights may take, on the device and again in memory. */
    private static final long MOST_BYTES = 1L << 30;

    private static final double GIB = 1L << 30;

    @Option(
            names = "--attention-rows",
            paramLabel = "ROWS",
            description =
                    "With --attention, also of these text rows: positions from 0, such as 12,15-18, or all. A row's"
                            + " weights take megabytes; more than 1 GiB is refused.")
    private String rows;

    /** Rows by number, or all. */
    record Asked(boolean all, List<Integer> rows) {
        static final Asked NONE = new Asked(false, List.of());

        Asked {
            rows = List.copyOf(rows);
        }

        /**
         * The readings with these rows.
         *
         * @param textRows in context when the last answer token is read out
         * @throws InputException if there is no such row, or their weights take too much
         */
        List<Reading> in(List<Reading> readings, int textRows, ModelShape shape, PictureTokens picture) {
            List<Integer> its = all ? IntStream.range(0, textRows).boxed().toList() : rows;
            if (its.isEmpty()) {
                return readings;
            }
            int last = its.get(its.size() - 1);
            if (last >= textRows) {
                throw new InputException(
                        "--attention-rows",
                        "holds " + last + ", but there are " + textRows + " text rows, prompt and answer",
                        "0 to " + (textRows - 1),
                        "Give rows of this prompt; --json lists its tokens");
            }
            long each = AttentionRow.bytes(shape, textRows, picture);
            if (each * its.size() > MOST_BYTES) {
                throw new InputException(
                        "--attention-rows",
                        String.format(
                                Locale.ROOT,
                                "asks for %d rows, whose weights take %.1f GiB",
                                its.size(),
                                each * its.size() / GIB),
                        "at most " + MOST_BYTES / each + " rows of this model and picture",
                        "Give fewer rows at a time");
            }
            return readings.stream()
                    .map(reading -> reading instanceof Reading.Attention ? new Reading.Attention(its) : reading)
                    .toList();
        }
    }

    /** @param attends whether attention is asked for */
    Asked asked(boolean attends) {
        if (rows == null) {
            return Asked.NONE;
        }
        if (!attends) {
            throw new InputException(
                    "--attention-rows", "is given without --attention", "both", "Add --attention, or leave it out");
        }
        return rows.equals(ALL) ? new Asked(true, List.of()) : new Asked(false, numbers());
    }

    private List<Integer> numbers() {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String part : rows.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            int first = range.matches() ? Integer.parseInt(range.group(1)) : 0;
            int last = range.matches() && range.group(2) != null ? Integer.parseInt(range.group(2)) : first;
            if (!range.matches() || last < first) {
                throw Options.wrong("--attention-rows", rows, "positions and ranges of them, or all", EXAMPLE);
            }
            IntStream.rangeClosed(first, last).forEach(numbers::add);
        }
        return new ArrayList<>(numbers);
    }
}
