package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.KeptWindows;
import sightline.analysis.StudySummary;
import sightline.knockout.Window;
import sightline.statistics.Estimate;

/** Where a pathway alone is enough: as CSV (RFC 4180) and for the page. */
final class KeptTable {
    private static final String COLUMNS =
            "dataset,run,category,pathway,k,layer,window_first,window_last,threshold,n,images,"
                    + "sufficiency,low,high\r\n";

    private KeptTable() {}

    /** A row per dataset, category, pathway, k and layer; empty if nothing was kept in windows. */
    static Optional<String> csv(StudySummary report) {
        StringBuilder csv = new StringBuilder();
        for (DatasetSummary summary : report.summaries()) {
            for (Group group : summary.groups()) {
                summary.additions(group).keptWindows().forEach(kept -> rows(csv, report, summary, group, kept));
            }
        }
        return csv.isEmpty() ? Optional.empty() : Optional.of(COLUMNS + csv);
    }

    private static void rows(
            StringBuilder csv, StudySummary report, DatasetSummary summary, Group group, KeptWindows kept) {
        for (int layer = 0; layer < kept.sufficiency().size(); layer++) {
            Window window = Window.around(layer, kept.k(), summary.data().layers());
            Estimate its = kept.sufficiency().get(layer);
            Tables.row(
                    csv,
                    summary.data().name(),
                    Tables.run(summary.data()),
                    group.category().orElse(""),
                    kept.pathway(),
                    kept.k(),
                    layer,
                    window.first(),
                    window.last(),
                    report.threshold(),
                    kept.n(),
                    kept.clusters(),
                    Tables.known(its.value()),
                    Tables.known(its.low()),
                    Tables.known(its.high()));
        }
    }

    /** kept_windows = [{pathway, k, n, mean, low, high}], by layer in percent; nothing if nothing was kept in windows. */
    static void put(ObjectNode json, List<KeptWindows> all) {
        for (KeptWindows kept : all) {
            ObjectNode node = json.withArray("kept_windows").addObject().put("pathway", kept.pathway());
            node.put("k", kept.k()).put("n", kept.n());
            percents(node.putArray("mean"), kept, Estimate::value);
            percents(node.putArray("low"), kept, Estimate::low);
            percents(node.putArray("high"), kept, Estimate::high);
        }
    }

    private static void percents(ArrayNode json, KeptWindows kept, ToDoubleFunction<Estimate> part) {
        double[] percents = kept.sufficiency().stream()
                .mapToDouble(part)
                .map(share -> 100 * share)
                .toArray();
        JsonNumbers.numbers(json, percents, JsonNumbers.THOUSAND);
    }
}
