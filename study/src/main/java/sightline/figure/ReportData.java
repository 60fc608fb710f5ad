package sightline.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import sightline.analysis.Change;
import sightline.analysis.Clipping;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.HarmfulWindow;
import sightline.analysis.LayerScale;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.analysis.TracedSample;
import sightline.run.InterventionFacts;

/** The numbers of the page, as the JSON that its script reads. Percents have three decimals there. */
final class ReportData {
    private static final JsonMapper JSON = new JsonMapper();

    private final StudySummary report;
    private final ObjectNode root = JSON.createObjectNode();

    private ReportData(StudySummary report) {
        this.report = report;
    }

    static String json(StudySummary report) {
        ReportData data = new ReportData(report);
        data.fill();
        try {
            return JSON.writeValueAsString(data.root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill() {
        root.put("run", ReportFacts.names(report));
        root.put("threshold", report.threshold());
        ArrayNode facts = root.putArray("facts");
        ReportFacts.of(report)
                .forEach((name, value) -> facts.addArray().add(name).add(value));
        ArrayNode notes = root.putArray("notes");
        ReportFacts.notes(report).forEach(notes::add);
        root.put("foot", ReportFacts.foot(report));
        Set<CurveKey> keys = new TreeSet<>();
        report.summaries().forEach(summary -> keys.addAll(summary.keys()));
        ObjectNode options = root.putObject("options");
        options.put("k", CurveKey.usualSize(keys));
        options.put("masking", keys.stream().map(CurveKey::masking).findFirst().orElse(""));
        options.put("metric", report.metric().toString());
        options.put("clip", report.clipping().toString());
        options.put("kept", true);
        ArrayNode pathways = root.putArray("pathways");
        keys.stream()
                .map(CurveKey::pathway)
                .distinct()
                .sorted(CurveKey.pathwayOrder())
                .forEach(pathway -> pathways.add(PathwayLook.json(intervention(pathway))));
        ArrayNode datasets = root.putArray("datasets");
        report.summaries().forEach(summary -> dataset(datasets.addObject(), summary));
    }

    /** Pathways of one name do the same in all runs, but for the layers of other models. */
    private InterventionFacts intervention(String pathway) {
        return report.summaries().stream()
                .map(DatasetSummary::data)
                .filter(data -> data.interventions().containsKey(pathway))
                .findFirst()
                .orElseThrow()
                .intervention(pathway);
    }

    private static void dataset(ObjectNode json, DatasetSummary summary) {
        TracedDataset data = summary.data();
        json.put("id", data.name()).put("title", data.title()).put("layers", data.layers());
        if (summary.scale() == LayerScale.DEPTH) {
            json.put("depth", true);
        }
        json.put("clustering", summary.clustering().toString());
        json.put("traced", data.samples().size());
        ArrayNode cross = json.putArray("cross");
        data.crossAttentionLayers().forEach(cross::add);
        ArrayNode metrics = json.putArray("metrics");
        summary.metrics().forEach(metric -> metrics.add(metric.toString()));
        ArrayNode keys = json.putArray("keys");
        ObjectNode clip = json.putObject("clip");
        for (CurveKey key : summary.keys()) {
            keys.addObject().put("pathway", key.pathway()).put("k", key.k()).put("masking", key.masking());
            clip.put(key.pathway(), Clipping.PUBLISHED.clips(data.dataset(), key.pathway()));
        }
        ArrayNode groups = json.putArray("groups");
        for (Group group : summary.groups()) {
            List<TracedSample> all = summary.samples(group, false);
            ObjectNode node = groups.addObject().put("name", group.label()).put("traced", all.size());
            node.put("kept", summary.samples(group, true).size());
            double mean = all.stream()
                    .mapToDouble(TracedSample::probability)
                    .average()
                    .orElse(0);
            node.put("mean", JsonNumbers.rounded(mean, JsonNumbers.MILLION));
        }
        CurveData.put(json, summary);
        AddedData.of(json, summary);
        HeadTable.put(json, summary);
        HeadCurveTable.put(json, summary);
        InsideTable.put(json, summary);
        MeasureData.put(json, summary);
        TriangleTable.put(json, summary);
        StabilityTable.put(json, summary);
        ContrastTable.put(json, summary);
        samples(json.putArray("samples"), summary);
    }

    /** [id, [group], question, answer, p, [per key: [largest drop, layer] or null]]. */
    private static void samples(ArrayNode json, DatasetSummary summary) {
        List<Group> groups = summary.groups();
        for (TracedSample sample : summary.data().samples()) {
            ArrayNode row = json.addArray().add(sample.id());
            ArrayNode categories = row.addArray();
            sample.categories().forEach(category -> categories.add(groups.indexOf(Group.of(category))));
            row.add(sample.question())
                    .add(sample.answer())
                    .add(JsonNumbers.rounded(sample.probability(), JsonNumbers.MILLION));
            ArrayNode drops = row.addArray();
            for (CurveKey key : summary.keys()) {
                double[] curve = sample.curves().get(key);
                int lowest = curve == null ? -1 : HarmfulWindow.lowest(summary.data(), key, curve);
                if (lowest < 0) {
                    drops.addNull();
                } else {
                    double change = Change.centred(curve[lowest], sample.probability());
                    drops.addArray().add(JsonNumbers.rounded(change, 10)).add(lowest);
                }
            }
        }
    }
}
