package sightline.report;

import java.nio.file.Path;
import java.util.List;
import sightline.analysis.RunResults;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.console.Console;
import sightline.figure.FigureStyle;
import sightline.figure.ReportWriter;

/** Makes a report and tells what it says. */
public final class ReportStep {
    private ReportStep() {}

    /** A report out of runs. */
    public static void run(Console console, List<Path> runs, SummarySettings settings, Path out) {
        StudySummary study = StudySummary.of(RunResults.read(runs), settings);
        write(console, study, FigureStyle.SIGHTLINE, out);
    }

    static void write(Console console, StudySummary study, FigureStyle style, Path out) {
        List<Path> files = ReportWriter.write(study, out, style);
        console.print(ReportText.lines(study, console.look()));
        console.print(List.of(ReportText.files(files, out)));
    }
}
