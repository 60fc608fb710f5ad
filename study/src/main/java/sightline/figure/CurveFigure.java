package sightline.figure;

import java.util.List;
import java.util.Locale;
import sightline.analysis.Clipping;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.LayerScale;
import sightline.analysis.MeanCurve;
import sightline.analysis.Metric;
import sightline.analysis.TracedDataset;
import sightline.figure.FigureCanvas.Anchor;

/**
 * A dataset's curves under one window size and masking: all categories large, with the names, and each category beside it.
 *
 * @param top upper end of the scale, in percent
 */
record CurveFigure(DatasetSummary summary, int k, String masking, Metric metric, Clipping clipping, double top)
        implements Figure {
    /** Room for the number of samples behind a panel's name. */
    private static final double COUNT = 64;

    static final double WIDTH = 1216;
    static final double MARGIN = 24;
    private static final double GAP = 16;
    private static final double LARGE = 2.05;
    private static final int COLUMNS = 3;
    static final double HEAD = 38;
    static final double CAPTION = 18;
    private static final double ROW = CAPTION + CurvePanel.height() + 12;

    /** Where the layers are in the large panel: what stands under it has them there too. */
    static PanelAxes layers(TracedDataset data, double top, double bottom) {
        double right = MARGIN + largeWidth() - CurvePanel.NAMES;
        return new PanelAxes(MARGIN + CurvePanel.LABELS, right, top, bottom, data.layers(), 0);
    }

    @Override
    public double width() {
        return WIDTH;
    }

    /** Of the panel of all categories, which begins a margin from the left. */
    static double largeWidth() {
        return (WIDTH - 2 * MARGIN - COLUMNS * GAP) / (LARGE + COLUMNS) * LARGE;
    }

    @Override
    public double height() {
        int categories = summary.groups().size() - 1;
        return MARGIN + HEAD + Math.max(1, (categories + COLUMNS - 1) / COLUMNS) * ROW + MARGIN / 2;
    }

    @Override
    public String title() {
        return summary.data().title() + ": change of the answer's probability by layer, k = " + k + ", masking "
                + masking;
    }

    @Override
    public void draw(FigureCanvas canvas) {
        heading(canvas, this, summary, settings());
        double small = largeWidth() / LARGE;
        List<Group> groups = summary.groups();
        panel(canvas, groups.get(0), MARGIN, MARGIN + HEAD, largeWidth(), true);
        for (int i = 1; i < groups.size(); i++) {
            double x = MARGIN + largeWidth() + GAP + (i - 1) % COLUMNS * (small + GAP);
            int row = (i - 1) / COLUMNS;
            double y = MARGIN + HEAD + row * ROW;
            panel(canvas, groups.get(i), x, y, small, false);
        }
    }

    /** The ground of a figure of this width, its dataset's title, and what is to know beside it. */
    static void heading(FigureCanvas canvas, Figure figure, DatasetSummary summary, String words) {
        canvas.rectangle(0, 0, figure.width(), figure.height(), Palette.BACKGROUND, 1);
        String name = Typeface.BOLD.fit(summary.data().title(), 15, WIDTH / 3);
        canvas.text(name, MARGIN, MARGIN + 14, 15, true, Palette.INK, Anchor.START);
        double after = MARGIN + Typeface.BOLD.width(name, 15) + 12;
        canvas.text(words, after, MARGIN + 14, 13, false, Palette.SECOND_INK, Anchor.START);
    }

    private String settings() {
        return "change of the answer’s probability in % by "
                + (summary.scale() == LayerScale.DEPTH ? "relative depth" : "layer")
                + "; k = " + k + ", masking " + masking
                + (metric == Metric.PRODUCT ? "" : ", " + metric)
                + (clipping == Clipping.NONE ? "" : ", clipped: " + clipping)
                + "; 95 % bands over " + ReportFacts.clusters(summary.clustering());
    }

    private void panel(FigureCanvas canvas, Group group, double x, double y, double width, boolean named) {
        List<CurvePanel.Line> lines = lines(summary, group, k, masking, metric, clipping);
        int n = lines.stream().mapToInt(line -> line.curve().n()).max().orElse(0);
        canvas.begin("panel", "category", group.category().orElse(""), "n", String.valueOf(n));
        String name = Typeface.REGULAR.fit(label(group.label()), 13, width - COUNT);
        canvas.text(name, x, y + 13, 13, false, Palette.INK, Anchor.START);
        if (n == 0) {
            canvas.text(nothing(summary.threshold()), x, y + 40, 13, false, Palette.SECOND_INK, Anchor.START);
        } else {
            String count = "n = " + ChangeText.grouped(n);
            canvas.text(count, x + width, y + 13, 13, false, Palette.SECOND_INK, Anchor.END);
            new CurvePanel(summary.data(), lines, top, named, summary.scale()).draw(canvas, x, y + CAPTION, width);
        }
        canvas.end();
    }

    /** A category as people write it. */
    static String label(String category) {
        return category.equals("yes_no") ? "yes/no" : PathwayStyle.spaced(category);
    }

    /** What is said of a category without samples. */
    static String nothing(double threshold) {
        return "no sample with p ≥ " + number(threshold);
    }

    /** Without trailing zeros. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    /** A group's curves; none if it has no sample. */
    static List<CurvePanel.Line> lines(
            DatasetSummary summary, Group group, int k, String masking, Metric metric, Clipping clipping) {
        return summary.keys().stream()
                .filter(key -> key.k() == k && key.masking().equals(masking))
                .map(key -> new CurvePanel.Line(
                        key,
                        PathwayStyle.of(summary.data().intervention(key.pathway())),
                        summary.curve(group, key, metric, clipping)))
                .filter(line -> line.curve().n() > 0)
                .toList();
    }

    /** The upper end of the scale that holds all means: 10, or the next multiple of 10. */
    static double top(List<DatasetSummary> summaries, Metric metric, Clipping clipping) {
        double top = 10;
        for (DatasetSummary summary : summaries) {
            for (Group group : summary.groups()) {
                for (CurveKey key : summary.keys()) {
                    MeanCurve curve = summary.curve(group, key, metric, clipping);
                    for (double mean : curve.mean()) {
                        top = Math.max(top, Math.ceil(mean / 10) * 10);
                    }
                }
            }
        }
        return top;
    }
}
