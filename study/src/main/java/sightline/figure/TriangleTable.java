package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.StudySummary;
import sightline.analysis.Triangle;

/** What cuts of every range of layers take: as CSV (RFC 4180) and for the page. */
final class TriangleTable {
    private static final String COLUMNS =
            "dataset,run,pathway,masking,window_first,window_last,threshold,n,images,centred,error,"
                    + "low,high,low_all,high_all,p\r\n";

    private TriangleTable() {}

    /** A dataset's, all categories together. */
    static List<Triangle> of(DatasetSummary summary) {
        return summary.additions(Group.all()).triangles();
    }

    /** A row per dataset, pathway, masking and range; empty if there are none. */
    static Optional<String> csv(StudySummary report) {
        StringBuilder csv = new StringBuilder();
        for (DatasetSummary summary : report.summaries()) {
            of(summary).forEach(triangle -> rows(csv, report, summary, triangle));
        }
        return csv.isEmpty() ? Optional.empty() : Optional.of(COLUMNS + csv);
    }

    private static void rows(StringBuilder csv, StudySummary report, DatasetSummary summary, Triangle triangle) {
        for (int place = 0; place < triangle.mean().length; place++) {
            Tables.row(
                    csv,
                    summary.data().name(),
                    Tables.run(summary.data()),
                    triangle.cut().intervention(),
                    triangle.cut().masking(),
                    triangle.windows().get(place).first(),
                    triangle.windows().get(place).last(),
                    report.threshold(),
                    triangle.n(),
                    triangle.clusters(),
                    triangle.mean()[place],
                    Tables.known(triangle.error()[place]),
                    Tables.known(triangle.statistics().low()[place]),
                    Tables.known(triangle.statistics().high()[place]),
                    Tables.known(triangle.statistics().lowAll()[place]),
                    Tables.known(triangle.statistics().highAll()[place]),
                    triangle.statistics().p()[place]);
        }
    }

    /**
     * triangles = [{pathway, masking, n, clusters, mean, p}], the last two by first layer, then last; nothing without any.
     */
    static void put(ObjectNode json, DatasetSummary summary) {
        for (Triangle triangle : of(summary)) {
            ObjectNode node = json.withArray("triangles").addObject();
            node.put("pathway", triangle.cut().intervention())
                    .put("masking", triangle.cut().masking());
            node.put("n", triangle.n()).put("clusters", triangle.clusters());
            put(node.putArray("mean"), triangle.mean());
            put(node.putArray("p"), triangle.statistics().p());
        }
    }

    private static void put(ArrayNode json, double... values) {
        JsonNumbers.numbers(json, values, JsonNumbers.THOUSAND);
    }
}
