package sightline.inside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.EdgeShare;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.PictureTokens;
import sightline.knockout.SweepRequest;
import sightline.model.EdgeDefinition.Edges;
import sightline.model.VisionLanguageModel;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;
import sightline.tensor.Ops;
import sightline.tensor.TensorOwner;

/** Keeps what interventions' edges carry, layer by layer. */
final class EdgeShares {
    /** Rows whose weights over a picture are held at once: 32 rows of Llama's take 26 MB. */
    static final int BLOCK = 32;

    /** Sets of keys whose values are held at once: a set of Llama's picture takes 26 MB. */
    private static final int SETS = 4;

    /** @param numbers (rows, 2 · key sets): attention, then the norm's share, of each row on each set of keys */
    private record Read(int layer, int[] rows, Tensor numbers) {}

    private final List<CutEdges> interventions;
    private final Map<Medium, KeySets> sets = new EnumMap<>(Medium.class);
    private final Map<Medium, Tensor> masks = new EnumMap<>(Medium.class); // (key sets, keys)
    private final List<Read> layers = new ArrayList<>();
    private final TensorOwner owner;
    private final VisionLanguageModel model;
    private final SweepRequest request;

    /** @param uncut edges of the longest text */
    EdgeShares(
            VisionLanguageModel model,
            SweepRequest request,
            PictureTokens picture,
            Map<Medium, Edges> uncut,
            TensorOwner owner) {
        this.model = model;
        this.request = request;
        this.owner = owner;
        for (Medium medium : Medium.values()) {
            sets.put(medium, new KeySets());
        }
        this.interventions = request.interventions().stream()
                .map(intervention -> new CutEdges(model, request, picture, intervention, uncut, sets))
                .toList();
    }

    /** The text rows that any intervention targets in a layer, in increasing order; without those that count for nothing. */
    int[] rows(int layer) {
        TreeSet<Integer> rows = new TreeSet<>();
        for (CutEdges edges : interventions) {
            for (int token = 0; token < request.answer().length; token++) {
                for (int row : edges.at(layer, token).rows()) {
                    if (counts(layer, token, row)) {
                        rows.add(row);
                    }
                }
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether what a row reads in a layer can reach the row at which a token is read out. */
    private boolean counts(int layer, int token, int row) {
        List<Integer> text = model.shape().layersOf(Medium.TEXT);
        return row == request.prompt().length() - 1 + token || (!text.isEmpty() && layer < text.get(text.size() - 1));
    }

    /** @param rows the text rows whose attention it is */
    void read(int layer, int[] rows, RowAttention read) {
        Medium medium = model.shape().medium(layer);
        int keys = Math.toIntExact(read.weights().size(2));
        Tensor mask = masks.computeIfAbsent(medium, of -> owner.own(mask(sets.get(of), keys, model.compute())));
        List<Tensor> columns = new ArrayList<>();
        columns.add(read.weights().matmul(mask.transpose(0, 1)).mean(1));
        Tensor all = GateRatios.length(read.attended());
        for (long first = 0; first < mask.size(0); first += SETS) {
            columns.add(read.lengths(mask.narrow(0, first, Math.min(SETS, mask.size(0) - first)))
                    .div_(all));
        }
        layers.add(new Read(layer, rows, owner.own(Ops.cat(1, columns.toArray(Tensor[]::new)))));
    }

    private static Tensor mask(KeySets sets, int keys, Compute compute) {
        float[] mask = new float[sets.size() * keys];
        for (int set = 0; set < sets.size(); set++) {
            int from = set * keys;
            sets.keys(set).stream().filter(key -> key < keys).forEach(key -> mask[from + key] = 1);
        }
        return compute.place(HostArrays.tensor(mask, sets.size(), keys), compute.accurate());
    }

    /** One per intervention. */
    List<EdgeShare> shares() {
        List<Map<Integer, double[]>> byLayer = new ArrayList<>(); // of a layer: by text row
        for (int layer = 0; layer < model.shape().layers(); layer++) {
            byLayer.add(new HashMap<>());
        }
        for (Read read : layers) {
            double[] numbers = HostArrays.doubles(read.numbers());
            int columns = numbers.length / read.rows().length;
            for (int i = 0; i < read.rows().length; i++) {
                byLayer.get(read.layer())
                        .put(read.rows()[i], Arrays.copyOfRange(numbers, i * columns, (i + 1) * columns));
            }
        }
        return interventions.stream().map(edges -> share(edges, byLayer)).toList();
    }

    private EdgeShare share(CutEdges edges, List<Map<Integer, double[]>> byLayer) {
        int tokens = request.answer().length;
        double[][] attention = new double[tokens][byLayer.size()];
        double[][] value = new double[tokens][byLayer.size()];
        Map<Masking, double[][]> left = new EnumMap<>(Masking.class);
        request.maskings().forEach(masking -> left.put(masking, new double[tokens][byLayer.size()]));
        for (int token = 0; token < tokens; token++) {
            for (int layer = 0; layer < byLayer.size(); layer++) {
                CutEdges.OfRows cut = edges.at(layer, token);
                int setCount = sets.get(model.shape().medium(layer)).size();
                int count = 0;
                for (int i = 0; i < cut.rows().length; i++) {
                    double[] numbers = byLayer.get(layer).get(cut.rows()[i]);
                    if (counts(layer, token, cut.rows()[i])) {
                        count++;
                        attention[token][layer] += numbers[cut.sets()[i]];
                        value[token][layer] += numbers[setCount + cut.sets()[i]];
                        for (Map.Entry<Masking, double[][]> under : left.entrySet()) {
                            under.getValue()[token][layer] += cut.left().get(under.getKey())[i];
                        }
                    }
                }
                attention[token][layer] /= count; // NaN where it has no edge
                value[token][layer] /= count;
                for (double[][] under : left.values()) {
                    under[token][layer] /= count;
                }
            }
        }
        return new EdgeShare(edges.intervention(), attention, value, left);
    }

    /** Interns sets of keys. */
    static final class KeySets {
        private final List<BitSet> sets = new ArrayList<>();

        int number(BitSet keys) {
            int known = sets.indexOf(keys);
            if (known < 0) {
                sets.add(keys);
                return sets.size() - 1;
            }
            return known;
        }

        BitSet keys(int number) {
            return sets.get(number);
        }

        int size() {
            return sets.size();
        }
    }
}
