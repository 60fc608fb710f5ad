package sightline.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sightline.analysis.Clipping;
import sightline.analysis.CurveKey;
import sightline.analysis.CurveView;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.LayerScale;
import sightline.analysis.MeanCurve;
import sightline.analysis.Measure;
import sightline.analysis.PublishedPlots;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.knockout.Window;
import sightline.run.NamedRun;

/** The numbers behind the figures as CSV (RFC 4180), one observation a row. */
final class Tables {
    private static final String CURVES = "dataset,run,category,pathway,k,masking,measure,metric,clip,threshold,layer,"
            + "window_first,window_last,acts,n,change,centred,images,design_effect,low,high,low_all,high_all,p,p_holm,"
            + "significant\r\n";
    private static final String PUBLISHED = "figure,dataset,run,category,pathway,k,masking,x,n,change\r\n";

    /** Also as East Asian keyboards write them, and the white space that some programs skip. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private Tables() {}

    /**
     * All mean curves under the report's metric, clipping and threshold; other measures know no metric, and are not clipped. On the
     * scale of relative depth, that of a layer's middle too, from 0 to 1.
     */
    static String curves(StudySummary report) {
        boolean deep = report.settings().scale() == LayerScale.DEPTH;
        StringBuilder csv = new StringBuilder(deep ? CURVES.replace("\r\n", ",depth\r\n") : CURVES);
        for (DatasetSummary summary : report.summaries()) {
            for (Group group : summary.groups()) {
                for (CurveKey key : summary.keys()) {
                    for (Measure measure : Measure.values()) {
                        curve(report, summary, group, key, measure)
                                .ifPresent(curve -> curve(csv, report, summary.data(), group, key, measure, curve));
                    }
                }
            }
        }
        return csv.toString();
    }

    private static Optional<MeanCurve> curve(
            StudySummary report, DatasetSummary summary, Group group, CurveKey key, Measure measure) {
        return measure == Measure.CHANGE
                ? Optional.of(summary.curve(group, key, report.metric(), report.clipping()))
                : summary.find(new CurveView(group, key, true, measure));
    }

    private static void curve(
            StringBuilder csv,
            StudySummary report,
            TracedDataset data,
            Group group,
            CurveKey key,
            Measure measure,
            MeanCurve curve) {
        boolean change = measure == Measure.CHANGE;
        for (int layer = 0; layer < curve.mean().length; layer++) {
            Window window = Window.around(layer, key.k(), data.layers());
            List<Object> cells = new ArrayList<>(Arrays.asList(
                    data.name(),
                    run(data),
                    group.category().orElse(""),
                    key.pathway(),
                    key.k(),
                    key.masking(),
                    measure,
                    change ? report.metric() : "",
                    change ? report.clipping() : Clipping.NONE,
                    report.threshold(),
                    layer,
                    window.first(),
                    window.last(),
                    data.acts(key, layer),
                    curve.n(),
                    change ? curve.published()[layer] : "",
                    curve.mean()[layer],
                    curve.clusters(),
                    known(curve.designEffect()[layer]),
                    known(curve.low()[layer]),
                    known(curve.high()[layer]),
                    known(curve.statistics().lowAll()[layer]),
                    known(curve.statistics().highAll()[layer]),
                    curve.p()[layer],
                    curve.pHolm(),
                    curve.significant()[layer]));
            if (report.settings().scale() == LayerScale.DEPTH) {
                cells.add((layer + 0.5) / data.layers());
            }
            row(csv, cells.toArray());
        }
    }

    /** What the figures in the published style show. */
    static String published(List<PublishedCurveFigure> curves, List<PublishedStageFigure> stages, String masking) {
        StringBuilder csv = new StringBuilder(PUBLISHED);
        for (PublishedCurveFigure figure : curves) {
            int n = PublishedPlots.category(figure.data(), figure.category(), figure.k(), masking)
                    .count();
            figure.curves().forEach((pathway, mean) -> {
                for (int layer = 0; layer < mean.length; layer++) {
                    row(
                            csv,
                            "curve",
                            figure.data().name(),
                            run(figure.data()),
                            figure.category(),
                            pathway,
                            figure.k(),
                            masking,
                            layer,
                            n,
                            mean[layer]);
                }
            });
        }
        for (PublishedStageFigure figure : stages) {
            for (PublishedStageFigure.Line line : figure.lines()) {
                TracedDataset data = line.data();
                line.means().forEach((pathway, mean) -> {
                    double[] values = PublishedPlots.stageMeans(mean, figure.stages());
                    for (int i = 0; i < values.length; i++) {
                        String stage = figure.stages().get(i).label();
                        row(
                                csv,
                                "stage",
                                data.name(),
                                run(data),
                                "",
                                pathway,
                                figure.k(),
                                masking,
                                stage,
                                "",
                                values[i]);
                    }
                });
            }
        }
        return csv.toString();
    }

    /** A number, or nothing where there is none. */
    static Object known(double value) {
        return Double.isNaN(value) ? "" : value;
    }

    /** The name of a dataset's run; empty if it has none. */
    static String run(TracedDataset data) {
        return data.run().map(NamedRun::name).orElse("");
    }

    /** A row of cells. */
    static void row(StringBuilder csv, Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            csv.append(i == 0 ? "" : ",").append(cell(cells[i]));
        }
        csv.append("\r\n");
    }

    /**
     * A value as a cell; numbers stand as they are. Names come from outside, and spreadsheets run what begins like a formula: an apostrophe before
     * it, which they do not show, makes it a text.
     */
    static String cell(Object value) {
        String text = String.valueOf(value);
        if (value instanceof Number) {
            return text;
        }
        String safe = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain =
                safe.equals(text) && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
