package sightline.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import sightline.dataset.Dataset;
import sightline.run.JournalMeasure;
import sightline.run.Manifest;
import sightline.run.NamedRun;
import sightline.run.RunLines;

/** Runs as datasets. Their journals are read as they are: of a large run a table in between costs more than all that is asked. */
public final class RunResults {
    /** All that reports ask for. */
    private static final Set<JournalMeasure> MEASURES =
            EnumSet.of(JournalMeasure.LOG_P, JournalMeasure.LOG_ODDS, JournalMeasure.TOP);

    /** The same of runs that name foils. */
    private static final Set<JournalMeasure> WITH_FOILS =
            EnumSet.of(JournalMeasure.LOG_P, JournalMeasure.LOG_ODDS, JournalMeasure.TOP, JournalMeasure.FOIL);

    private RunResults() {}

    /** A line: a sample, or none if it failed. */
    private record Line(long id, Optional<TracedSample> sample) {}

    /**
     * One dataset per run, in the order of the runs, finished or not; its samples in the order of their ids.
     *
     * @param folders of one run each; at least one
     * @throws sightline.error.InputException if one is no run or given twice, or a line in it cannot be used
     */
    public static List<TracedDataset> read(List<Path> folders) {
        List<NamedRun> runs = NamedRun.read(folders);
        List<TracedDataset> datasets = new ArrayList<>();
        for (NamedRun run : runs) {
            datasets.add(dataset(run, title(runs, run)));
        }
        return datasets;
    }

    private static TracedDataset dataset(NamedRun run, String title) {
        SortedMap<Long, TracedSample> samples = new TreeMap<>();
        Set<Long> tried = new HashSet<>();
        RunLines.visit(
                run,
                run.manifest().settings().foils().named() ? WITH_FOILS : MEASURES,
                line -> new Line(line.id(), line.failed() ? Optional.empty() : Optional.of(SampleLine.of(line))),
                line -> {
                    tried.add(line.id());
                    line.sample().ifPresent(sample -> samples.put(line.id(), sample));
                });
        secondRound(run).forEach((id, more) -> samples.computeIfPresent(id, (same, sample) -> sample.with(more)));
        return dataset(run, title, List.copyOf(samples.values()), tried.size() - samples.size());
    }

    /** What is known of a run before its journal is read. */
    static TracedDataset withoutSamples(NamedRun run) {
        return dataset(run, run.manifest().dataset().title(), List.of(), 0);
    }

    private static TracedDataset dataset(NamedRun run, String title, List<TracedSample> samples, long failed) {
        Manifest manifest = run.manifest();
        return new TracedDataset(
                manifest.dataset(),
                title,
                manifest.model().layers(),
                manifest.model().crossAttentionLayers(),
                TracedDataset.byName(manifest.interventions()),
                samples,
                failed,
                Optional.of(run));
    }

    /** What the curves of heads hold, by sample; nothing if there is no second round, or none yet. */
    private static Map<Long, Map<WholeDepth, AnswerNumbers>> secondRound(NamedRun run) {
        Map<Long, Map<WholeDepth, AnswerNumbers>> all = new HashMap<>();
        run.secondRound()
                .ifPresent(second -> RunLines.visit(
                        second,
                        MEASURES,
                        line -> new Line(
                                line.id(), line.failed() ? Optional.empty() : Optional.of(SampleLine.of(line))),
                        line -> line.sample()
                                .ifPresent(sample ->
                                        all.put(line.id(), sample.additions().wholeDepth()))));
        return all;
    }

    private static String title(List<NamedRun> runs, NamedRun named) {
        Dataset dataset = named.manifest().dataset();
        long alike =
                runs.stream().filter(run -> run.manifest().dataset() == dataset).count();
        String title = dataset.title();
        return alike == 1 ? title : title + " (" + named.name() + ")";
    }
}
