package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.InsideSummary;
import sightline.analysis.InsideSummary.Count;
import sightline.analysis.LayerMeans;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.statistics.Estimate;

/** What was read inside decoders: as CSV (RFC 4180), one number a row, and for the page. */
final class InsideTable {
    private static final String COLUMNS =
            "dataset,run,quantity,name,k,masking,layer,threshold,n,images,value,error,low,high\r\n";

    private final StringBuilder csv;
    private final TracedDataset data;
    private final double threshold;

    private InsideTable(StringBuilder csv, TracedDataset data, double threshold) {
        this.csv = csv;
        this.data = data;
        this.threshold = threshold;
    }

    /** A dataset's; empty if nothing was read. */
    static Optional<InsideSummary> of(DatasetSummary summary) {
        InsideSummary inside = summary.additions(Group.all()).inside();
        return inside.any() ? Optional.of(inside) : Optional.empty();
    }

    /** All datasets' numbers; empty if nothing was read. */
    static Optional<String> csv(StudySummary report) {
        StringBuilder csv = new StringBuilder();
        for (DatasetSummary summary : report.summaries()) {
            of(summary).ifPresent(inside -> new InsideTable(csv, summary.data(), report.threshold()).rows(inside));
        }
        return csv.isEmpty() ? Optional.empty() : Optional.of(COLUMNS + csv);
    }

    private void rows(InsideSummary inside) {
        inside.lens().ifPresent(lens -> {
            layers("lens_log_p", What.of(""), -1, lens.uncut(), lens.count());
            for (InsideSummary.CutLens cut : lens.cut()) {
                layers("lens_log_p", What.of(cut.key()), -1, cut.logP(), cut.count());
            }
            row("lens_settled", What.of(""), "", lens.settles(), lens.settled());
        });
        inside.attention().forEach(role -> layers("attention", What.of(role.role()), 0, role.share(), role.count()));
        for (InsideSummary.Edges edges : inside.edges()) {
            What pathway = What.of(edges.pathway());
            layers("edge_attention", pathway, 0, edges.attention(), edges.count());
            layers("edge_value", pathway, 0, edges.value(), edges.count());
            edges.left()
                    .forEach(left -> layers(
                            "edge_left",
                            new What(edges.pathway(), "", left.masking()),
                            0,
                            left.attention(),
                            edges.count()));
        }
        for (InsideSummary.Gate gate : inside.gates()) {
            row("attention_gate", What.of(""), gate.layer(), constant(gate.attentionGate()), gate.count());
            row("mlp_gate", What.of(""), gate.layer(), constant(gate.mlpGate()), gate.count());
            row("attention_added", What.of(""), gate.layer(), gate.attention(), gate.count());
            row("mlp_added", What.of(""), gate.layer(), gate.mlp(), gate.count());
        }
    }

    /** A number of the model, not of its samples. */
    private static Estimate constant(double value) {
        return new Estimate(value, Double.NaN, Double.NaN, Double.NaN);
    }

    /** What a number is of: a role, a pathway, or what is cut. */
    private record What(String name, Object k, String masking) {
        static What of(String name) {
            return new What(name, "", "");
        }

        static What of(CurveKey key) {
            return new What(key.pathway(), key.k(), key.masking());
        }
    }

    private void layers(String quantity, What what, int first, LayerMeans means, Count count) {
        for (int i = 0; i < means.mean().length; i++) {
            if (!Double.isNaN(means.mean()[i])) {
                row(quantity, what, first + i, means.at(i), count);
            }
        }
    }

    private void row(String quantity, What what, Object layer, Estimate value, Count count) {
        Tables.row(
                csv,
                data.name(),
                Tables.run(data),
                quantity,
                what.name(),
                what.k(),
                what.masking(),
                layer,
                threshold,
                count.n(),
                count.clusters(),
                Tables.known(value.value()),
                Tables.known(value.error()),
                Tables.known(value.low()),
                Tables.known(value.high()));
    }

    /**
     * inside = {n, lens: {settles, settled, uncut, cut: [{pathway, k, masking, mean, low, high}]}, attention: [{role, …}], edges:
     * [{pathway, attention, value, left}], gates: [{layer, gates, attention, mlp}]}; nothing if nothing was read. A lens begins
     * with the embedding.
     */
    static void put(ObjectNode json, DatasetSummary summary) {
        of(summary).ifPresent(inside -> {
            ObjectNode node = json.putObject("inside");
            inside.lens().ifPresent(lens -> lens(node.putObject("lens"), lens));
            ArrayNode roles = node.putArray("attention");
            for (InsideSummary.Role role : inside.attention()) {
                node.put("n", role.count().n());
                CurveData.means(roles.addObject().put("role", role.role()), role.share());
            }
            ArrayNode edges = node.putArray("edges");
            inside.edges().forEach(one -> edges(edges.addObject().put("pathway", one.pathway()), one));
            ArrayNode gates = node.putArray("gates");
            for (InsideSummary.Gate gate : inside.gates()) {
                ObjectNode one = gates.addObject().put("layer", gate.layer());
                JsonNumbers.numbers(
                        one.putArray("gates"),
                        new double[] {gate.attentionGate(), gate.mlpGate()},
                        JsonNumbers.THOUSAND);
                AddedData.estimate(one.putArray("attention"), gate.attention());
                AddedData.estimate(one.putArray("mlp"), gate.mlp());
            }
        });
    }

    private static void lens(ObjectNode json, InsideSummary.Lens lens) {
        json.put("n", lens.count().n()).put("settled", lens.settled().n());
        AddedData.estimate(json.putArray("settles"), lens.settles());
        CurveData.means(json.putObject("uncut"), lens.uncut());
        ArrayNode cut = json.putArray("cut");
        for (InsideSummary.CutLens one : lens.cut()) {
            ObjectNode node = cut.addObject().put("pathway", one.key().pathway());
            node.put("k", one.key().k()).put("masking", one.key().masking());
            CurveData.means(node, one.logP());
        }
    }

    private static void edges(ObjectNode json, InsideSummary.Edges edges) {
        JsonNumbers.numbers(json.putArray("attention"), edges.attention().mean(), JsonNumbers.MILLION);
        JsonNumbers.numbers(json.putArray("value"), edges.value().mean(), JsonNumbers.MILLION);
        ObjectNode left = json.putObject("left");
        for (InsideSummary.Left one : edges.left()) {
            JsonNumbers.numbers(left.putArray(one.masking()), one.attention().mean(), JsonNumbers.MILLION);
        }
    }
}
