package sightline.files;

import java.util.ArrayList;
import java.util.List;
import sightline.error.InputException;

/** Reads lines of a journal several at once, and hands out what they are in their order. */
final class JournalBatch<T, E extends Exception> {
    private static final int LINES = 64;
    private static final long BYTES = 1L << 25;

    private final Reading<T> reading;
    private final Journal.Taker<T, E> each;
    private final List<Line> waiting = new ArrayList<>();
    private long bytes;

    JournalBatch(Reading<T> reading, Journal.Taker<T, E> each) {
        this.reading = reading;
        this.each = each;
    }

    /** Makes something of a line; several threads ask at once. */
    @FunctionalInterface
    interface Reading<T> {
        T of(long number, byte[] line);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Line(long number, byte[] bytes) {}

    private record Outcome<T>(T value, InputException fault) {}

    void add(long number, byte[] line) throws E {
        waiting.add(new Line(number, line));
        bytes += line.length;
        if (waiting.size() == LINES || bytes >= BYTES) {
            finish();
        }
    }

    /** Reads what has come so far. The first fault is thrown when its line's turn has come, as if they were read one by one. */
    void finish() throws E {
        List<Outcome<T>> outcomes = waiting.parallelStream().map(this::outcome).toList();
        waiting.clear();
        bytes = 0;
        for (Outcome<T> outcome : outcomes) {
            if (outcome.fault() != null) {
                throw outcome.fault();
            }
            each.take(outcome.value());
        }
    }

    private Outcome<T> outcome(Line line) {
        try {
            return new Outcome<>(reading.of(line.number(), line.bytes()), null);
        } catch (InputException e) {
            return new Outcome<>(null, e);
        }
    }
}
