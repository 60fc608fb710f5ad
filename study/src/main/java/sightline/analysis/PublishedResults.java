package sightline.analysis;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.files.StrictJson;
import sightline.run.InterventionFacts;
import sightline.run.KnownPathways;

/**
 * Results in the published form: a folder with one {@code ID.json} per sample, {@code full_attention} and an array of L
 * probabilities per pathway, beside a file that lists the ids of each category.
 *
 * <p>Listed ids without a file are left out, as in the published plots. The answers' lengths are not told there, so that
 * {@link Metric#LENGTH_NORMALISED} cannot be computed. Cross-attention layers are taken to be 3, 8, 13, …, as in all
 * published checkpoints. Of the pictures only VQAv2's ids tell; samples of the others are taken to be independent.
 */
public final class PublishedResults {
    private static final String BASELINE = "full_attention";
    private static final String MASKING = "paper";

    private PublishedResults() {}

    /**
     * Reads a folder.
     *
     * @param folder of {@code ID.json}
     * @param idFile an object: category to list of ids
     * @param dataset whose questions they are of
     * @param k the window size that the results are of; they do not tell
     * @throws InputException if a file cannot be used, or none of the listed ids has one
     */
    public static TracedDataset read(Path folder, Path idFile, Dataset dataset, int k) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    folder.toString(),
                    Files.exists(folder) ? "is a file" : "does not exist",
                    "a folder of ID.json",
                    "Check the name");
        }
        Map<Long, List<String>> categories = new LinkedHashMap<>();
        json(idFile, "an object of category to list of ids").properties().forEach(entry -> {
            if (entry.getKey().isBlank()) {
                throw wrong(idFile, "has a category without a name", "a name of each category");
            }
            if (!entry.getValue().isArray()) {
                throw wrong(idFile, entry.getKey() + " is " + entry.getValue(), "a list of ids");
            }
            for (JsonNode id : entry.getValue()) {
                if (!id.isIntegralNumber()) {
                    throw wrong(idFile, entry.getKey() + " holds " + id, "a whole number, an id");
                }
                List<String> its = categories.computeIfAbsent(id.longValue(), key -> new ArrayList<>());
                if (its.contains(entry.getKey())) {
                    throw wrong(idFile, entry.getKey() + " holds " + id + " twice", "each id once");
                }
                its.add(entry.getKey());
            }
        });
        List<TracedSample> samples = new ArrayList<>();
        int layers = 0;
        for (Map.Entry<Long, List<String>> entry : categories.entrySet()) {
            Path file = folder.resolve(entry.getKey() + ".json");
            if (Files.exists(file)) {
                TracedSample sample = sample(file, entry.getKey(), entry.getValue(), image(dataset, entry.getKey()), k);
                for (double[] curve : sample.curves().values()) {
                    if (layers != 0 && curve.length != layers) {
                        throw wrong(file, "has " + curve.length + " layers, others " + layers, "the same in all files");
                    }
                    layers = curve.length;
                }
                samples.add(sample);
            }
        }
        if (layers == 0) {
            throw new InputException(
                    folder.toString(),
                    "holds no result for any id in " + idFile,
                    "ID.json with a list per pathway",
                    "Check that folder and file belong together");
        }
        List<Integer> cross = IntStream.range(0, layers)
                .filter(layer -> layer % 5 == 3)
                .boxed()
                .toList();
        int all = layers;
        List<InterventionFacts> interventions = samples.stream()
                .flatMap(sample -> sample.curves().keySet().stream())
                .map(CurveKey::pathway)
                .distinct()
                .map(name -> KnownPathways.named(name, List.of(MASKING), all, cross))
                .toList();
        return new TracedDataset(
                dataset,
                dataset.title(),
                layers,
                cross,
                TracedDataset.byName(interventions),
                samples,
                0,
                Optional.empty());
    }

    /** What an id tells of its picture: in VQAv2 a picture's questions are numbered from its own number times 1,000. */
    private static String image(Dataset dataset, long id) {
        return dataset == Dataset.VQAV2 ? String.valueOf(id / 1000) : "";
    }

    private static TracedSample sample(Path file, long id, List<String> categories, String image, int k) {
        JsonNode json = json(file, "an object with " + BASELINE);
        JsonNode baseline = json.path(BASELINE);
        if (!isProbability(baseline)) {
            throw wrong(file, BASELINE + " is " + (baseline.isMissingNode() ? "missing" : baseline), "a probability");
        }
        Map<CurveKey, double[]> curves = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            if (!entry.getKey().equals(BASELINE)) {
                curves.put(new CurveKey(entry.getKey(), k, MASKING), values(file, entry.getKey(), entry.getValue()));
            }
        });
        return new TracedSample(id, categories, image, "", "", 0, baseline.doubleValue(), curves);
    }

    private static double[] values(Path file, String name, JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw wrong(file, name + " is " + list, "a list of one probability per layer");
        }
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            if (!isProbability(list.get(i))) {
                throw wrong(file, name + " holds " + list.get(i), "a probability per layer");
            }
            values[i] = list.get(i).doubleValue();
        }
        return values;
    }

    private static boolean isProbability(JsonNode value) {
        return value.isNumber()
                && value.doubleValue() >= 0
                && value.doubleValue() <= 1 + 1e-6; // float32 may round a certainty up
    }

    private static JsonNode json(Path file, String expected) {
        try {
            JsonNode json = StrictJson.read(file);
            if (json.isObject()) {
                return json;
            }
            throw wrong(file, "is no object", expected);
        } catch (JacksonException e) {
            String problem = StrictJson.problem(e);
            throw new InputException(file.toString(), problem, expected, "Check the file", e);
        } catch (NoSuchFileException e) {
            throw new InputException(file.toString(), "does not exist", expected, "Check the name", e);
        } catch (IOException e) {
            String problem = "cannot be read: " + StrictJson.reason(e);
            throw new InputException(file.toString(), problem, expected, "Check its permissions", e);
        }
    }

    private static InputException wrong(Path file, String problem, String expected) {
        return new InputException(file.toString(), problem, expected, "Check the file");
    }
}
