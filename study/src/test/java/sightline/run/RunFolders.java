package sightline.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import sightline.dataset.Dataset;
import sightline.knockout.Interventions;
import sightline.knockout.Window;

/** Makes run folders with invented curves, shaped like those of a model that reads its picture. */
public final class RunFolders {
    private static final JsonMapper JSON = new JsonMapper();

    private RunFolders() {}

    /** Cross-attention layers as in the published checkpoints: 3, 8, 13, … */
    public static boolean crosses(int layer) {
        return layer % 5 == 3;
    }

    /** Writes one run; {@code entries} may be more than {@code samples}, as if it had been stopped. */
    public static Path write(Path folder, Dataset dataset, int layers, List<Integer> sizes, int samples, int entries) {
        return write(folder, dataset, layers, sizes, List.of("paper"), samples, entries);
    }

    /** The same with several maskings. */
    public static Path write(
            Path folder,
            Dataset dataset,
            int layers,
            List<Integer> sizes,
            List<String> maskings,
            int samples,
            int entries) {
        return write(folder, dataset, layers, sizes, maskings, samples, entries, sample -> {});
    }

    /** The same with the measures of logits. */
    public static Path measured(
            Path folder, Dataset dataset, int layers, List<Integer> sizes, List<String> maskings, int samples) {
        return write(folder, dataset, layers, sizes, maskings, samples, samples, InventedMeasures::add);
    }

    private static Path write(
            Path folder,
            Dataset dataset,
            int layers,
            List<Integer> sizes,
            List<String> maskings,
            int samples,
            int entries,
            Consumer<ObjectNode> more) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("manifest.json"),
                    manifest(dataset, layers, sizes, maskings, entries).toPrettyString());
            try (BufferedWriter journal = Files.newBufferedWriter(folder.resolve("samples.jsonl"))) {
                Random random = new Random(layers * 31L + dataset.toString().length());
                for (int i = 0; i < samples; i++) {
                    ObjectNode sample = sample(dataset, i, layers, sizes, maskings, random);
                    more.accept(sample);
                    journal.write(JSON.writeValueAsString(sample));
                    journal.write('\n');
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode manifest(
            Dataset dataset, int layers, List<Integer> sizes, List<String> maskings, int entries) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", 1).put("sightline", "test").put("created", "2026-01-01T00:00:00Z");
        json.put("dataset", dataset.toString());
        json.putObject("dataset_file")
                .put("path", "filtered.json")
                .put("sha256", "00")
                .put("entries", entries);
        ObjectNode model = json.putObject("model");
        model.put("path", "/models/invented").put("fingerprint", "00").put("layers", layers);
        ArrayNode cross = model.putArray("cross_attention_layers");
        for (int layer = 0; layer < layers; layer++) {
            if (crosses(layer)) {
                cross.add(layer);
            }
        }
        ObjectNode settings = json.putObject("settings");
        ArrayNode pathways = settings.putArray("pathways");
        Interventions.PUBLISHED.forEach(pathways::add);
        ArrayNode ks = settings.putArray("k");
        sizes.forEach(ks::add);
        ArrayNode masks = settings.putArray("masking");
        maskings.forEach(masks::add);
        settings.put("rows", "paper").put("temperature", 0.6).put("dtype", "bfloat16");
        settings.put("prompt", dataset.toString());
        return json;
    }

    private static ObjectNode sample(
            Dataset dataset, int i, int layers, List<Integer> sizes, List<String> maskings, Random random) {
        List<String> all = dataset.categories();
        int kind = i % (dataset == Dataset.DOCVQA ? 3 : all.size()); // DocVQA's rarer categories stay empty
        ObjectNode json = JSON.createObjectNode();
        json.put("id", 1000L + i).put("index", i);
        ArrayNode categories = json.putArray("categories").add(all.get(kind));
        if (dataset == Dataset.DOCVQA && i % 9 == 0) {
            categories.add(all.get((kind + 1) % 3));
        }
        json.put("image", "picture" + i / 3 + ".png");
        json.put("question", "What is number " + i + " <here> & \"there\"?").put("answer", "answer " + i);
        json.putArray("choices");
        int tokens = 1 + i % 3;
        ArrayNode baseline = json.putArray("baseline");
        ArrayNode ids = json.putArray("answer_tokens");
        double[] p = new double[tokens];
        for (int t = 0; t < tokens; t++) {
            p[t] = Math.pow(
                    i % 10 == 7 ? 0.3 + 0.1 * random.nextDouble() : 0.75 + 0.25 * random.nextDouble(), 1.0 / tokens);
            baseline.add(p[t]);
            ids.add(100 + t);
        }
        ArrayNode curves = json.putArray("curves");
        for (String masking : maskings) {
            for (int k : sizes) {
                for (String pathway : Interventions.PUBLISHED) {
                    curves.add(curve(dataset, pathway, k, masking, layers, kind, p, random));
                }
            }
        }
        json.put("seconds", 0.5);
        return json;
    }

    private static ObjectNode curve(
            Dataset dataset, String pathway, int k, String masking, int layers, int kind, double[] p, Random random) {
        ObjectNode curve = JSON.createObjectNode();
        curve.put("pathway", pathway).put("k", k).put("masking", masking);
        double[] harm = new double[layers];
        double spread = 0.4 + 1.2 * random.nextDouble();
        for (int layer = 0; layer < layers; layer++) {
            harm[layer] = spread
                    * harm(dataset, pathway, layer / (layers - 1.0), layers)
                    * (1 + 0.35 * kind)
                    * (masking.equals("zero") ? 1.3 : 1);
            harm[layer] += !pathway.startsWith("image_") ? (random.nextDouble() - 0.5) * 0.02 : 0;
        }
        ArrayNode rows = curve.putArray("token_probability");
        for (double token : p) {
            ArrayNode row = rows.addArray();
            for (int layer = 0; layer < layers; layer++) {
                double sum = 0;
                Window window = Window.around(layer, k, layers);
                for (int l = window.first(); l <= window.last(); l++) {
                    sum += pathway.startsWith("image_") == crosses(l) ? harm[l] : 0;
                }
                row.add(Math.min(1, token * Math.exp(-sum / p.length)));
            }
        }
        return curve;
    }

    /** Harm done by cutting one layer at a relative depth. */
    private static double harm(Dataset dataset, String pathway, double depth, int layers) {
        double late = dataset == Dataset.DOCVQA ? 0.9 : 0.62;
        double scale = 20.0 / layers;
        return switch (pathway) {
            case "image_to_last" -> (dataset == Dataset.DOCVQA ? 0.8 : 0.2) * bump(depth, late, 0.08);
            case "image_to_question" -> 0.28 * bump(depth, 0.4, 0.12);
            case "question_to_last" -> scale * (4 * bump(depth, 0, 0.02) + 0.12 * bump(depth, 0.6, 0.12));
            default -> 0.001;
        };
    }

    private static double bump(double at, double centre, double width) {
        double z = (at - centre) / width;
        return Math.exp(-z * z / 2);
    }
}
