package sightline.figure;

import java.nio.file.Path;
import java.util.List;
import sightline.analysis.RunResults;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.dataset.Dataset;
import sightline.run.RunFolders;

/** Reports over invented runs, for tests and for looking at. */
final class Reports {
    private Reports() {}

    static StudySummary summary(List<Path> runs) {
        return StudySummary.of(RunResults.read(runs), SummarySettings.usual());
    }

    /** Three datasets; the second is unfinished. */
    static List<Path> runs(Path folder, int layers, List<Integer> sizes, List<String> maskings, int samples) {
        return List.of(
                RunFolders.write(folder.resolve("vqa"), Dataset.VQAV2, layers, sizes, maskings, samples, samples),
                RunFolders.write(
                        folder.resolve("v7w"), Dataset.VISUAL7W, layers, sizes, maskings, samples, samples + 200),
                RunFolders.write(folder.resolve("doc"), Dataset.DOCVQA, layers, sizes, maskings, samples, samples));
    }

    /** {@code OUT LAYERS SAMPLES sightline|paper}: writes a report to look at. */
    public static void main(String[] arguments) {
        Path out = Path.of(arguments[0]);
        int layers = Integer.parseInt(arguments[1]);
        List<Path> runs = runs(
                out.resolveSibling(out.getFileName() + "-runs"),
                layers,
                layers == 20 ? List.of(1, 3, 5, 7, 9) : List.of(9),
                layers == 20 ? List.of("paper", "zero") : List.of("paper"),
                Integer.parseInt(arguments[2]));
        FigureStyle style = arguments[3].equals("paper") ? FigureStyle.PAPER : FigureStyle.SIGHTLINE;
        ReportWriter.write(summary(runs), out, style);
    }
}
