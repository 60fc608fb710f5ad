package sightline.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import sightline.error.InputException;
import sightline.files.Journal;

/** The lines of a run's journals that are of samples in its dataset. Whoever reads journals reads them here. */
public final class RunLines {
    private RunLines() {}

    /** Takes one line. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {
        void line(TracedLine line) throws E;
    }

    private record Made<T>(TracedLine line, String place, T made) {}

    /**
     * Visits journal after journal. Of a sample in the dataset there may be failed lines and one that did not fail.
     *
     * @throws InputException naming file and line if a line cannot be of this run or contradicts another; if the dataset's
     *     samples are not those that the manifest names
     */
    static <E extends Exception> void visit(RunFolder folder, Visitor<E> visitor) throws E {
        LineRules rules = LineRules.read(folder);
        visit(folder, rules, CurrentSamples.read(folder, rules), line -> line, visitor::line);
    }

    /** The same for a dataset that is at hand. */
    static <E extends Exception> void visit(RunFolder folder, CurrentSamples current, Visitor<E> visitor) throws E {
        visit(folder, LineRules.read(folder), Optional.of(current), line -> line, visitor::line);
    }

    /**
     * The same for whoever needs only some measures of what was cut: the others are neither read nor checked.
     *
     * @param making makes something of a line; several threads ask at once
     * @param each gets that of one line after the other
     */
    public static <T> void visit(
            NamedRun run, Set<JournalMeasure> measures, Function<TracedLine, T> making, Consumer<T> each) {
        RunFolder folder = new RunFolder(run.folder());
        LineRules rules = LineRules.read(folder).with(measures);
        RunLines.<T, RuntimeException>visit(folder, rules, CurrentSamples.read(folder, rules), making, each::accept);
    }

    private static <T, E extends Exception> void visit(
            RunFolder folder,
            LineRules rules,
            Optional<CurrentSamples> current,
            Function<TracedLine, T> making,
            Journal.Taker<T, E> each)
            throws E {
        Map<SampleIdentity, String> finished = new HashMap<>();
        Map<Long, String> untold = new HashMap<>();
        for (Path journal : folder.journals()) {
            Journal.Reading<Made<T>> reading = (entry, number) -> {
                TracedLine line = TracedLine.of(entry, journal, number, rules);
                return new Made<>(line, journal + ", line " + number, making.apply(line));
            };
            Journal.<Made<T>, E>read(journal, MeasureFilter.of(rules.measures()), reading, one -> {
                TracedLine line = one.line();
                if (!line.failed()) {
                    requireFirst(line.id(), one.place(), finished.put(line.identity(), one.place()));
                }
                if (current.isEmpty() && !line.failed()) { // all lines count, and then ids alone tell samples apart
                    requireFirst(line.id(), one.place(), untold.put(line.id(), one.place()));
                }
                if (current.isEmpty() || current.get().has(line.identity())) {
                    each.take(one.made());
                }
            });
        }
    }

    private static void requireFirst(long id, String place, String before) {
        if (before != null) {
            throw new InputException(
                    place,
                    "holds numbers of sample " + id + " a second time; the first are in " + before,
                    "one finished line of each sample",
                    "Delete both lines and resume the run: the sample is then traced again");
        }
    }
}
