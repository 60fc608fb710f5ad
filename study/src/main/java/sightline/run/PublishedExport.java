package sightline.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import sightline.files.Folders;
import sightline.files.OwnFiles;
import sightline.files.WholeFile;

/**
 * A run's results in the published form, as the published plotting scripts read them: one {@code {id}.json} for each
 * sample, with the whole answer's probability in {@code full_attention} and, for each pathway, by layer. That form knows
 * one window size and masking, so there is a folder for each pair.
 */
public final class PublishedExport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PublishedExport() {}

    /** Writes every finished sample that is in the run's dataset; returns the folders. */
    public static List<Path> write(RunFolder folder) {
        TreeSet<Path> written = new TreeSet<>();
        try (OwnFiles own = OwnFiles.in(folder.path())) {
            RunLines.visit(folder, line -> {
                if (!line.failed()) {
                    written.addAll(write(folder, own, line));
                }
            });
        }
        return List.copyOf(written);
    }

    private static Set<Path> write(RunFolder folder, OwnFiles own, TracedLine sample) {
        Map<Path, ObjectNode> files = new LinkedHashMap<>();
        for (TracedLine.CutCurve curve : sample.curves()) {
            Path into = folder.published(curve.k(), curve.masking());
            files.computeIfAbsent(
                            into, path -> JSON.createObjectNode().put("full_attention", product(sample.baseline())))
                    .set(curve.pathway(), products(curve.probability()));
        }
        files.forEach((into, values) -> {
            Folders.make(into);
            WholeFile.write(into.resolve(sample.id() + ".json"), own, out -> out.write(JSON.writeValueAsBytes(values)));
        });
        return files.keySet();
    }

    private static double product(double[] tokens) {
        double product = 1;
        for (double token : tokens) {
            product *= token;
        }
        return product;
    }

    /** [answer token][layer] -> [layer], the product over tokens. */
    private static ArrayNode products(double[][] tokens) {
        ArrayNode layers = JSON.createArrayNode();
        for (int layer = 0; layer < tokens[0].length; layer++) {
            double product = 1;
            for (double[] token : tokens) {
                product *= token[layer];
            }
            layers.add(product);
        }
        return layers;
    }
}
