package sightline.inside;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.AttentionRow;
import sightline.knockout.BranchRatio;
import sightline.knockout.EdgeShare;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.model.EdgeDefinition.Edges;
import sightline.model.LayerListener;
import sightline.model.Rotation;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.Ops;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * Reads attention, gates and edges off the hidden states of a walk with nothing cut. What it computes stays on the device until
 * the walk is over, so that no layer waits for it.
 */
public final class InsideReader implements LayerListener, AutoCloseable {
    private final VisionLanguageModel model;
    private final SweepRequest request;
    private final ModelShape shape;
    private final VisionMemory seen;
    private final int[][] states;
    private final int[] readOut;
    private final Map<Medium, Edges> edges = new EnumMap<>(Medium.class);
    private final TensorOwner owner = new TensorOwner("what was read inside a model");
    private final KeptAttention attention;
    private final int[] named; // text rows whose attention is asked for beside those that are read out
    private final Map<Known, RowEdges> known = new HashMap<>();
    private final GateRatios gates;
    private final EdgeShares shares;

    /** Layers of a kind mostly ask for the same rows. */
    private record Known(Medium medium, List<Integer> rows) {}

    /**
     * @param states the walk's states that stand for the text rows with nothing cut: entry 0 the embeddings, then behind each
     *     layer; by text row, −1 where there is none
     */
    public InsideReader(VisionLanguageModel model, SweepRequest request, VisionMemory seen, int[][] states) {
        this.model = model;
        this.request = request;
        this.shape = model.shape();
        this.seen = seen;
        this.states = states;
        int tokens = request.answer().length;
        this.readOut = new int[tokens];
        for (int token = 0; token < tokens; token++) {
            readOut[token] = request.prompt().length() - 1 + token;
        }
        Layout layout = new Layout(request.prompt().roles(), tokens - 1, seen.tokens());
        for (Medium medium : Medium.values()) {
            if (!shape.layersOf(medium).isEmpty()) {
                edges.put(medium, model.definition().edges(medium, layout, request.rows(), List.of(), Masking.ZERO));
            }
        }
        Optional<Reading.Attention> attended = request.reading(Reading.Attention.class);
        attention = attended.isPresent() ? new KeptAttention() : null;
        attended.ifPresent(reading -> requireRows(reading.rows(), readOut[tokens - 1]));
        named = attended.map(Reading.Attention::rows).orElse(List.of()).stream()
                .mapToInt(Integer::intValue)
                .filter(row -> Arrays.binarySearch(readOut, row) < 0)
                .toArray();
        gates = request.reading(Reading.Gates.class).isPresent() ? new GateRatios(owner) : null;
        shares = request.reading(Reading.Edges.class).isPresent()
                ? new EdgeShares(model, request, seen.tokens(), edges, owner)
                : null;
    }

    private static void requireRows(List<Integer> rows, int last) {
        if (!rows.isEmpty() && rows.get(rows.size() - 1) > last) {
            throw new IllegalArgumentException("attention of rows " + rows + ", but the last text row is " + last);
        }
    }

    /** Whether a request asks for anything that is read here. */
    public static boolean wanted(SweepRequest request) {
        return request.reading(Reading.Attention.class).isPresent()
                || request.reading(Reading.Gates.class).isPresent()
                || request.reading(Reading.Edges.class).isPresent();
    }

    /** Reads the layer that comes next. */
    @Override
    public void after(int behind, Tensor hidden) {
        int layer = behind + 1;
        if (layer == shape.layers()) {
            return;
        }
        try (Scope scope = Scope.open()) {
            if (shape.medium(layer) == Medium.IMAGE) {
                image(layer, hidden);
            } else {
                text(layer, hidden);
            }
        }
    }

    private void text(int layer, Tensor hidden) {
        if (attention == null && shares == null) {
            return;
        }
        int context = readOut[readOut.length - 1] + 1;
        Rotation rotation = model.decoder().rotation(0, context);
        Tensor below = rows(layer, hidden, IntStream.range(0, context).toArray());
        int[] asked = shares == null ? new int[0] : shares.rows(layer);
        int[] attending = attention == null ? new int[0] : union(readOut, named(layer));
        int[] rows = union(attending, asked);
        if (rows.length == 0) {
            return;
        }
        RowAttention read = RowAttention.text(
                model.decoder().textBlock(layer),
                below,
                rotation,
                rows,
                edges(Medium.TEXT, context, rows),
                model.compute());
        if (attention != null) {
            attention.read(layer, Medium.TEXT, attending, read.among(rows, attending));
        }
        if (asked.length > 0) {
            shares.read(layer, asked, read.among(rows, asked));
        }
    }

    private void image(int layer, Tensor hidden) {
        Tensor x = rows(layer, hidden, readOut);
        if (attention != null || gates != null) {
            RowAttention read = attended(layer, x, readOut);
            if (attention != null) {
                attention.read(layer, Medium.IMAGE, readOut, read);
            }
            if (gates != null) {
                gates.read(layer, model.decoder().imageBlock(layer), x, read, model.compute());
            }
        }
        if (attention != null) {
            inBlocks(layer, hidden, named(layer), (some, read) -> attention.read(layer, Medium.IMAGE, some, read));
        }
        if (shares != null) {
            inBlocks(layer, hidden, shares.rows(layer), (some, read) -> shares.read(layer, some, read));
        }
    }

    /** Some rows at a time: a row has megabytes of weights over a picture. */
    private void inBlocks(int layer, Tensor hidden, int[] rows, BiConsumer<int[], RowAttention> reader) {
        for (int first = 0; first < rows.length; first += EdgeShares.BLOCK) {
            try (Scope scope = Scope.open()) {
                int[] some = Arrays.copyOfRange(rows, first, Math.min(rows.length, first + EdgeShares.BLOCK));
                reader.accept(some, attended(layer, rows(layer, hidden, some), some));
            }
        }
    }

    /** The rows asked for beside those that are read out; none behind the last layer that reads text, where they reach nothing. */
    private int[] named(int layer) {
        List<Integer> text = shape.layersOf(Medium.TEXT);
        return text.isEmpty() || layer > text.get(text.size() - 1) ? new int[0] : named;
    }

    private static int[] union(int[] some, int... others) {
        return IntStream.concat(Arrays.stream(some), Arrays.stream(others))
                .sorted()
                .distinct()
                .toArray();
    }

    private RowEdges edges(Medium medium, int keys, int... rows) {
        Known key = new Known(medium, Arrays.stream(rows).boxed().toList());
        return known.computeIfAbsent(key, of -> RowEdges.of(edges.get(medium), rows, keys, model.compute(), owner));
    }

    private RowAttention attended(int layer, Tensor x, int... rows) {
        RowEdges its = edges(Medium.IMAGE, seen.tokens().all(), rows);
        return RowAttention.image(model.decoder().imageBlock(layer), seen, x, its, model.compute());
    }

    /** Hidden states of text rows below a layer. */
    private Tensor rows(int layer, Tensor hidden, int... rows) {
        int[] numbers = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            numbers[i] = states[layer][rows[i]];
        }
        return Ops.rows(hidden, numbers);
    }

    /**
     * What is attended to.
     *
     * @return of the read-out rows, by answer token, then by layer; then of the rows that the reading names, by row, then by layer
     */
    public List<List<AttentionRow>> attention() {
        if (attention == null) {
            return List.of(List.of(), List.of());
        }
        Map<Integer, List<AttentionRow>> byRow = attention.byRow();
        int[] asked = request.reading(Reading.Attention.class).orElseThrow().rows().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        return Stream.of(readOut, asked)
                .map(rows -> Arrays.stream(rows)
                        .boxed()
                        .flatMap(row -> byRow.getOrDefault(row, List.of()).stream())
                        .toList())
                .toList();
    }

    /** One per layer that reads the picture. */
    public List<BranchRatio> gates() {
        return gates == null ? List.of() : gates.ratios();
    }

    /** One per intervention. */
    public List<EdgeShare> edges() {
        return shares == null ? List.of() : shares.shares();
    }

    @Override
    public void close() {
        owner.close();
        if (attention != null) {
            attention.close();
        }
    }
}
