package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.RegionWorth;
import sightline.analysis.StudySummary;
import sightline.statistics.Estimate;

/** What cutting the answers' regions takes: as CSV (RFC 4180), one number a row, and for the page. */
final class RegionTable {
    private static final String COLUMNS =
            "dataset,run,category,cut,masking,measure,quantity,threshold,n,images,value,error,"
                    + "low,high,p,p_holm,significant\r\n";

    private RegionTable() {}

    /** All datasets' and categories' numbers; empty if no region was traced. */
    static Optional<String> csv(StudySummary report) {
        StringBuilder csv = new StringBuilder();
        for (DatasetSummary summary : report.summaries()) {
            for (Group group : summary.groups()) {
                for (RegionWorth worth : summary.additions(group).regions()) {
                    rows(csv, report, summary, group, worth);
                }
            }
        }
        return csv.isEmpty() ? Optional.empty() : Optional.of(COLUMNS + csv);
    }

    private static void rows(
            StringBuilder csv, StudySummary report, DatasetSummary summary, Group group, RegionWorth worth) {
        boolean alone = worth.random().isEmpty(); // then it is the change itself that is tested
        row(csv, report, summary, group, worth, "change", "region", worth.change(), alone);
        row(csv, report, summary, group, worth, "log_odds", "region", worth.logOdds(), false);
        worth.random().ifPresent(random -> {
            row(csv, report, summary, group, worth, "change", "random_boxes", random.change(), false);
            row(csv, report, summary, group, worth, "log_odds", "random_boxes", random.logOdds(), false);
            row(csv, report, summary, group, worth, "change", "difference", random.difference(), true);
        });
    }

    private static void row(
            StringBuilder csv,
            StudySummary report,
            DatasetSummary summary,
            Group group,
            RegionWorth worth,
            String measure,
            String quantity,
            Estimate value,
            boolean tested) {
        Tables.row(
                csv,
                summary.data().name(),
                Tables.run(summary.data()),
                group.category().orElse(""),
                worth.cut(),
                worth.masking(),
                measure,
                quantity,
                report.threshold(),
                worth.n(),
                worth.clusters(),
                Tables.known(value.value()),
                Tables.known(value.error()),
                Tables.known(value.low()),
                Tables.known(value.high()),
                tested ? worth.p() : "",
                tested ? worth.pHolm() : "",
                tested ? worth.significant() : "");
    }

    /** regions = [{cut, masking, n, clusters, change, odds, random: {change, odds, difference}, p_holm, significant}]. */
    static void put(ObjectNode json, List<RegionWorth> regions) {
        if (regions.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray("regions");
        for (RegionWorth worth : regions) {
            ObjectNode node = list.addObject().put("cut", worth.cut()).put("masking", worth.masking());
            node.put("n", worth.n()).put("clusters", worth.clusters());
            AddedData.estimate(node.putArray("change"), worth.change());
            AddedData.estimate(node.putArray("odds"), worth.logOdds());
            worth.random().ifPresent(random -> {
                ObjectNode its = node.putObject("random");
                AddedData.estimate(its.putArray("change"), random.change());
                AddedData.estimate(its.putArray("odds"), random.logOdds());
                AddedData.estimate(its.putArray("difference"), random.difference());
            });
            node.put("p_holm", worth.pHolm()).put("significant", worth.significant());
        }
    }
}
