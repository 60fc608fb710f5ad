package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import sightline.analysis.CategoryContrast;
import sightline.analysis.DatasetSummary;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.knockout.Window;

/** How categories differ: as CSV (RFC 4180), and for the page. */
final class ContrastTable {
    private static final String COLUMNS = "dataset,run,category,other,pathway,k,masking,metric,threshold,layer,"
            + "window_first,window_last,acts,n,n_other,images,difference,error,low,high,low_all,high_all,p,p_holm,"
            + "significant,detectable,images_needed\r\n";

    private ContrastTable() {}

    /** A row per dataset, pair of categories, cut and layer; empty if no dataset has two categories to compare. */
    static Optional<String> csv(StudySummary report) {
        StringBuilder csv = new StringBuilder();
        for (DatasetSummary summary : report.summaries()) {
            for (CategoryContrast one : summary.contrasts()) {
                for (int layer = 0; layer < one.difference().length; layer++) {
                    row(csv, report, summary.data(), one, layer);
                }
            }
        }
        return csv.isEmpty() ? Optional.empty() : Optional.of(COLUMNS + csv);
    }

    private static void row(
            StringBuilder csv, StudySummary report, TracedDataset data, CategoryContrast one, int layer) {
        Window window = Window.around(layer, one.key().k(), data.layers());
        Tables.row(
                csv,
                data.name(),
                Tables.run(data),
                one.category(),
                one.other(),
                one.key().pathway(),
                one.key().k(),
                one.key().masking(),
                report.metric(),
                report.threshold(),
                layer,
                window.first(),
                window.last(),
                data.acts(one.key(), layer),
                one.n(),
                one.nOther(),
                one.clusters(),
                one.difference()[layer],
                Tables.known(one.error()[layer]),
                Tables.known(one.statistics().low()[layer]),
                Tables.known(one.statistics().high()[layer]),
                Tables.known(one.statistics().lowAll()[layer]),
                Tables.known(one.statistics().highAll()[layer]),
                one.statistics().p()[layer],
                one.pHolm(),
                one.significant(layer),
                Tables.known(one.detectable(layer)),
                Tables.known(one.clustersNeeded(layer)));
    }

    /** For the page's script each pair at its largest difference; nothing where there are no pairs. */
    static void put(ObjectNode json, DatasetSummary summary) {
        if (summary.contrasts().isEmpty()) {
            return;
        }
        ArrayNode pairs = json.putArray("contrasts");
        for (CategoryContrast one : summary.contrasts()) {
            int layer = one.strongest();
            if (layer >= 0) {
                ObjectNode node = pairs.addObject();
                node.put("one", one.category()).put("other", one.other());
                node.put("pathway", one.key().pathway()).put("k", one.key().k());
                node.put("masking", one.key().masking()).put("layer", layer);
                double[] numbers = {
                    one.difference()[layer],
                    one.statistics().lowAll()[layer],
                    one.statistics().highAll()[layer]
                };
                JsonNumbers.numbers(node.putArray("difference"), numbers, JsonNumbers.THOUSAND);
                JsonNumbers.put(node, "detectable", one.detectable(layer));
                node.put("p_holm", one.pHolm()).put("significant", one.significant(layer));
            }
        }
    }
}
