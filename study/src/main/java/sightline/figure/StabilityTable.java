package sightline.figure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import sightline.analysis.DatasetSummary;
import sightline.analysis.GridSetting;
import sightline.analysis.PathwayStability;
import sightline.analysis.Stability;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.knockout.Window;

/** What holds under other settings: as CSV (RFC 4180), and for the page. */
final class StabilityTable {
    private static final String COLUMNS = "dataset,run,pathway,k,masking,measure,metric,clip,threshold,settings,layer,"
            + "window_first,window_last,overlap,layer_first,layer_last,centred,centred_least,centred_most,significant,"
            + "sign_changes,axis,axis_range,order\r\n";

    private StabilityTable() {}

    /** A row per dataset and pathway; empty if no dataset has enough settings. */
    static Optional<String> csv(StudySummary report) {
        StringBuilder csv = new StringBuilder();
        for (DatasetSummary summary : report.summaries()) {
            summary.stability().ifPresent(stability -> stability
                    .pathways()
                    .forEach(pathway -> row(csv, report, summary.data(), stability, pathway)));
        }
        return csv.isEmpty() ? Optional.empty() : Optional.of(COLUMNS + csv);
    }

    private static void row(
            StringBuilder csv, StudySummary report, TracedDataset data, Stability stability, PathwayStability one) {
        GridSetting usual = stability.usual();
        boolean counts = one.layer() >= 0;
        Window window = Window.around(Math.max(0, one.layer()), usual.k(), data.layers());
        Tables.row(
                csv,
                data.name(),
                Tables.run(data),
                one.pathway(),
                usual.k(),
                usual.masking(),
                usual.measure(),
                report.metric(),
                usual.clipping(),
                usual.threshold(),
                one.settings(),
                counts ? one.layer() : "",
                counts ? window.first() : "",
                counts ? window.last() : "",
                Tables.known(one.overlap()),
                one.firstLayer() < 0 ? "" : one.firstLayer(),
                one.lastLayer() < 0 ? "" : one.lastLayer(),
                one.change(),
                one.least(),
                one.most(),
                one.significant(),
                one.signChanges(),
                one.axis().map(GridSetting.Axis::toString).orElse(""),
                one.axisRange(),
                Tables.known(stability.order()));
    }

    /** The same for the page's script; nothing without enough settings. */
    static void put(ObjectNode json, DatasetSummary summary) {
        summary.stability().ifPresent(stability -> {
            GridSetting usual = stability.usual();
            ObjectNode node = json.putObject("stability").put("k", usual.k()).put("masking", usual.masking());
            node.put("threshold", usual.threshold())
                    .put("clip", usual.clipping().toString());
            JsonNumbers.put(node, "order", stability.order());
            ObjectNode pathways = node.putObject("pathways");
            for (PathwayStability one : stability.pathways()) {
                ObjectNode row = pathways.putObject(one.pathway()).put("settings", one.settings());
                row.put("layer", one.layer()).put("first", one.firstLayer()).put("last", one.lastLayer());
                JsonNumbers.put(row, "overlap", one.overlap());
                JsonNumbers.put(row, "change", one.change());
                JsonNumbers.put(row, "least", one.least());
                JsonNumbers.put(row, "most", one.most());
                JsonNumbers.put(row, "significant", one.significant());
                row.put("sign_changes", one.signChanges());
                row.put("axis", one.axis().map(GridSetting.Axis::toString).orElse(""));
                JsonNumbers.put(row, "axis_range", one.axisRange());
            }
        });
    }
}
