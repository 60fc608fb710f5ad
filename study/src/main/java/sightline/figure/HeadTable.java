package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.HeadRanking;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;

/** What silenced heads take: as CSV (RFC 4180), the largest loss first, and for the page. */
final class HeadTable {
    private static final String COLUMNS =
            "dataset,run,fill,rank,layer,head,reads,threshold,n,images,log_odds_loss,error,low,"
                    + "high,low_all,high_all,p,agree\r\n";

    private HeadTable() {}

    /** A dataset's; empty if no head was silenced. */
    static Optional<HeadRanking> of(DatasetSummary summary) {
        return summary.additions(Group.all()).heads();
    }

    /** What silenced heads read, as on the command line; empty if the results do not tell. */
    static String fill(TracedDataset data) {
        return data.run()
                .map(run -> run.manifest().settings().additions().heads().toString())
                .orElse("");
    }

    /** A row per dataset and head; empty if no head was silenced. */
    static Optional<String> csv(StudySummary report) {
        StringBuilder csv = new StringBuilder();
        for (DatasetSummary summary : report.summaries()) {
            of(summary).ifPresent(heads -> rows(csv, report, summary.data(), heads));
        }
        return csv.isEmpty() ? Optional.empty() : Optional.of(COLUMNS + csv);
    }

    private static void rows(StringBuilder csv, StudySummary report, TracedDataset data, HeadRanking heads) {
        int rank = 0;
        for (int place : heads.order()) {
            rank++;
            Tables.row(
                    csv,
                    data.name(),
                    Tables.run(data),
                    fill(data),
                    rank,
                    heads.layer(place),
                    heads.head(place),
                    data.crossAttentionLayers().contains(heads.layer(place)) ? "image" : "text",
                    report.threshold(),
                    heads.n(),
                    heads.clusters(),
                    heads.mean()[place],
                    Tables.known(heads.error()[place]),
                    Tables.known(heads.statistics().low()[place]),
                    Tables.known(heads.statistics().high()[place]),
                    Tables.known(heads.statistics().lowAll()[place]),
                    Tables.known(heads.statistics().highAll()[place]),
                    heads.statistics().p()[place],
                    heads.statistics().agree()[place]);
        }
    }

    /**
     * heads = {fill, n, clusters, heads, loss, low_all, high_all, p}, the last four by layer · heads + head; nothing without
     * heads. No interval where a handful of clusters carry a mean's spread.
     */
    static void put(ObjectNode json, DatasetSummary summary) {
        of(summary).ifPresent(heads -> {
            ObjectNode node = json.putObject("heads").put("n", heads.n()).put("heads", heads.heads());
            node.put("clusters", heads.clusters()).put("fill", fill(summary.data()));
            boolean[] carried = heads.statistics().carried();
            put(node, "loss", heads.mean());
            put(node, "low_all", CurveData.carried(heads.statistics().lowAll(), carried));
            put(node, "high_all", CurveData.carried(heads.statistics().highAll(), carried));
            put(node, "p", heads.statistics().p());
        });
    }

    private static void put(ObjectNode json, String name, double... values) {
        ArrayNode list = json.putArray(name);
        JsonNumbers.numbers(list, values, JsonNumbers.THOUSAND);
    }
}
