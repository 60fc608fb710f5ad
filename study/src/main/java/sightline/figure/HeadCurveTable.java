package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.HeadCurves;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.run.HeadShares;
import sightline.statistics.Estimate;

/** What shares of the heads carry together: as CSV (RFC 4180), one number a row, and for the page. */
final class HeadCurveTable {
    private static final String COLUMNS =
            "dataset,run,fill,heads_are,order,quantity,share,heads,threshold,n,images,value,low,high\r\n";

    private HeadCurveTable() {}

    /** A dataset's; empty without a second round. */
    static Optional<HeadCurves> of(DatasetSummary summary) {
        return summary.additions(Group.all()).headCurves();
    }

    /** Of all datasets; empty if none has any. */
    static Optional<String> csv(StudySummary report) {
        StringBuilder csv = new StringBuilder();
        for (DatasetSummary summary : report.summaries()) {
            of(summary).ifPresent(curves -> new Rows(csv, report, summary.data(), curves).all());
        }
        return csv.isEmpty() ? Optional.empty() : Optional.of(COLUMNS + csv);
    }

    private record Rows(StringBuilder csv, StudySummary report, TracedDataset data, HeadCurves its) {
        void all() {
            for (HeadCurves.Curve curve : its.curves()) {
                String order = curve.random() ? "random" : "ranked";
                for (int i = 0; i < HeadShares.SHARES.size(); i++) {
                    double share = HeadShares.SHARES.get(i);
                    row(
                            curve.keep(),
                            order,
                            "faithfulness",
                            share,
                            curve.faithfulness().get(i));
                }
                row(curve.keep(), order, "area", "", curve.area());
                if (curve.keep()) {
                    Estimate distance = new Estimate(curve.distance(), Double.NaN, Double.NaN, Double.NaN);
                    row(true, order, "distance", "", distance);
                }
            }
            row(true, "ranked", "better_than_random", "", its.keptBetter());
            row(false, "ranked", "better_than_random", "", its.cutBetter());
        }

        private void row(boolean keep, String order, String quantity, Object share, Estimate value) {
            Tables.row(
                    csv,
                    data.name(),
                    Tables.run(data),
                    HeadTable.fill(data),
                    keep ? "kept" : "cut",
                    order,
                    quantity,
                    share,
                    share instanceof Double some ? HeadShares.count(some, its.heads()) : "",
                    report.threshold(),
                    its.n(),
                    its.clusters(),
                    Tables.known(value.value()),
                    Tables.known(value.low()),
                    Tables.known(value.high()));
        }
    }

    /** head_curves = {n, clusters, heads, shares, counts, curves: [{keep, random, f, area, distance}], kept_better, cut_better}. */
    static void put(ObjectNode json, DatasetSummary summary) {
        of(summary).ifPresent(its -> {
            ObjectNode node = json.putObject("head_curves").put("n", its.n()).put("clusters", its.clusters());
            node.put("heads", its.heads());
            HeadShares.SHARES.forEach(node.putArray("shares")::add);
            ArrayNode counts = node.putArray("counts");
            HeadShares.SHARES.forEach(share -> counts.add(HeadShares.count(share, its.heads())));
            ArrayNode curves = node.putArray("curves");
            for (HeadCurves.Curve curve : its.curves()) {
                ObjectNode one = curves.addObject().put("keep", curve.keep()).put("random", curve.random());
                ArrayNode f = one.putArray("f");
                curve.faithfulness().forEach(value -> AddedData.estimate(f.addArray(), value));
                AddedData.estimate(one.putArray("area"), curve.area());
                JsonNumbers.put(one, "distance", curve.distance());
            }
            AddedData.estimate(node.putArray("kept_better"), its.keptBetter());
            AddedData.estimate(node.putArray("cut_better"), its.cutBetter());
        });
    }
}
