package sightline.inside;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    private final ModelShape shape;
    private final VisionMemory seen;
    private final int[][] states;
    private final int[] readOut;
    private final Map<Medium, Edges> edges = new EnumMap<>(Medium.class);
    private final TensorOwner owner = new TensorOwner("what was read inside a model");
    private final ReadOutAttention attention;
    private final GateRatios gates;
    private final EdgeShares shares;

    /**
     * @param states the walk's states that stand for the text rows with nothing cut: entry 0 the embeddings, then behind each
     *     layer; by text row, −1 where there is none
     */
    public InsideReader(VisionLanguageModel model, SweepRequest request, VisionMemory seen, int[][] states) {
        this.model = model;
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
        attention = request.reading(Reading.Attention.class).isPresent() ? new ReadOutAttention(readOut) : null;
        gates = request.reading(Reading.Gates.class).isPresent() ? new GateRatios(owner) : null;
        shares = request.reading(Reading.Edges.class).isPresent()
                ? new EdgeShares(model, request, seen.tokens(), edges, owner)
                : null;
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
        int[] rows = IntStream.concat(
                        attention == null ? IntStream.empty() : Arrays.stream(readOut), Arrays.stream(asked))
                .sorted()
                .distinct()
                .toArray();
        if (rows.length == 0) {
            return;
        }
        RowAttention read = RowAttention.text(
                model.decoder().textBlock(layer), below, rotation, edges.get(Medium.TEXT), rows, model.compute());
        if (attention != null) {
            attention.read(layer, Medium.TEXT, read.among(rows, readOut));
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
                attention.read(layer, Medium.IMAGE, read);
            }
            if (gates != null) {
                gates.read(layer, model.decoder().imageBlock(layer), x, read, model.compute());
            }
        }
        if (shares != null) {
            int[] asked = shares.rows(layer);
            for (int first = 0; first < asked.length; first += EdgeShares.BLOCK) { // a row has megabytes of weights
                try (Scope scope = Scope.open()) {
                    int[] some = Arrays.copyOfRange(asked, first, Math.min(asked.length, first + EdgeShares.BLOCK));
                    shares.read(layer, some, attended(layer, rows(layer, hidden, some), some));
                }
            }
        }
    }

    private RowAttention attended(int layer, Tensor x, int... rows) {
        return RowAttention.image(
                model.decoder().imageBlock(layer), seen, x, edges.get(Medium.IMAGE), rows, model.compute());
    }

    /** Hidden states of text rows below a layer. */
    private Tensor rows(int layer, Tensor hidden, int... rows) {
        int[] numbers = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            numbers[i] = states[layer][rows[i]];
        }
        return Ops.rows(hidden, numbers);
    }

    /** By answer token, then by layer. */
    public List<AttentionRow> attention() {
        return attention == null ? List.of() : attention.all();
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
