package sightline.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import sightline.knockout.AttentionRow;
import sightline.knockout.BranchRatio;
import sightline.knockout.EdgeShare;
import sightline.knockout.Inside;
import sightline.knockout.Lens;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Windows;
import sightline.text.TokenRole;

/**
 * What was read inside the decoder, as a line of a journal has it. Null where a layer has nothing to read. Numbers come from
 * float32 logits and weights, so a float holds all their digits.
 *
 * @param lens with nothing cut, then under the most harmful windows; empty if no lens was asked for
 * @param attention by role of the token attended to, [answer token][layer]: a mean over heads of the read-out row; null in
 *     layers that read the picture
 * @param edges one per pathway
 * @param gates one per layer that reads the picture
 * @param attentionHeads attention by role, [layer][head]: a mean over answer tokens, to 5 decimals; null in layers that read the
 *     picture
 */
@JsonPropertyOrder({"lens", "attention", "edges", "gates", "attention_heads"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InsideLine(
        List<LensRows> lens,
        Map<String, Float[][]> attention,
        List<EdgeRows> edges,
        List<GateRows> gates,
        Map<String, float[][]> attentionHeads) {
    static final String FIELD = "inside";
    static final InsideLine NONE = new InsideLine(List.of(), Map.of(), List.of(), List.of(), Map.of());

    /** Of single heads, of which there are thousands. */
    private static final double DECIMALS = 1e5;

    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    public InsideLine {
        lens = lens == null ? List.of() : List.copyOf(lens);
        attention = attention == null ? Map.of() : new TreeMap<>(attention);
        edges = edges == null ? List.of() : List.copyOf(edges);
        gates = gates == null ? List.of() : List.copyOf(gates);
        attentionHeads = attentionHeads == null ? Map.of() : new TreeMap<>(attentionHeads);
    }

    /**
     * A lens, [answer token][stage]: the embedding, then behind each layer.
     *
     * @param pathway null with nothing cut; then k, masking and layer are too
     * @param top the likeliest token's id
     */
    @JsonPropertyOrder({"pathway", "k", "masking", "layer", "log_p", "rank", "top"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @SuppressWarnings("ArrayRecordComponent")
    public record LensRows(
            String pathway, Integer k, String masking, Integer layer, float[][] logP, int[][] rank, int[][] top) {}

    /** What a pathway's edges carry, [answer token][layer]; what a cut leaves, by masking. */
    @JsonPropertyOrder({"pathway", "attention", "value", "left"})
    @SuppressWarnings("ArrayRecordComponent")
    public record EdgeRows(String pathway, Float[][] attention, Float[][] value, Map<String, Float[][]> left) {}

    /** What a layer that reads the picture adds to the stream, [answer token]. */
    @JsonPropertyOrder({"layer", "attention_gate", "mlp_gate", "attention", "mlp"})
    @SuppressWarnings("ArrayRecordComponent")
    public record GateRows(int layer, float attentionGate, float mlpGate, float[] attention, float[] mlp) {}

    /** Whether nothing was read. */
    @JsonIgnore
    public boolean isEmpty() {
        return lens.isEmpty() && attention.isEmpty() && edges.isEmpty() && gates.isEmpty() && attentionHeads.isEmpty();
    }

    /** @param asked what of it the run reads */
    static InsideLine of(Trace trace, List<InsideKind> asked) {
        Inside inside = trace.inside();
        SweepRequest request = trace.request();
        List<LensRows> lens = new ArrayList<>();
        if (!inside.lens().isEmpty()) {
            lens.add(lens(null, null, null, null, inside.lens(), request.answer()));
        }
        for (Lens.Cut cut : inside.cut()) {
            if (cut.track().windows() instanceof Windows.Around around) {
                lens.add(lens(
                        cut.track().intervention().name(),
                        around.k(),
                        cut.track().masking().toString(),
                        cut.window(),
                        cut.tokens(),
                        request.answer()));
            }
        }
        return new InsideLine(
                lens,
                asked.contains(InsideKind.ATTENTION) ? attention(inside.attention(), request) : Map.of(),
                inside.edges().stream().map(InsideLine::edges).toList(),
                inside.gates().stream().map(InsideLine::gates).toList(),
                asked.contains(InsideKind.ATTENTION_HEADS) ? heads(inside.attention(), request) : Map.of());
    }

    private static LensRows lens(
            String pathway, Integer k, String masking, Integer layer, List<Lens> tokens, int[] answer) {
        float[][] logP = new float[tokens.size()][];
        int[][] rank = new int[tokens.size()][];
        int[][] top = new int[tokens.size()][];
        for (int token = 0; token < logP.length; token++) {
            List<Lens.Stage> stages = tokens.get(token).stages();
            int said = answer[token];
            logP[token] = floats(stages, stage -> stage.measures().logP());
            rank[token] =
                    stages.stream().mapToInt(stage -> stage.measures().rank()).toArray();
            top[token] = stages.stream()
                    .mapToInt(stage -> stage.measures().top(said))
                    .toArray();
        }
        return new LensRows(pathway, k, masking, layer, logP, rank, top);
    }

    private static <T> float[] floats(List<T> list, ToDoubleFunction<T> number) {
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) number.applyAsDouble(list.get(i));
        }
        return floats;
    }

    private static Map<String, Float[][]> attention(List<AttentionRow> rows, SweepRequest request) {
        Map<String, Float[][]> shares = new TreeMap<>();
        int first = request.prompt().length() - 1;
        int layers = rows.size() / request.answer().length;
        for (AttentionRow row : rows) {
            if (row.medium() == Medium.TEXT) {
                row.byRole(request.prompt().roles()).forEach((role, share) -> {
                    Float[][] its = shares.computeIfAbsent(
                            role.name().toLowerCase(Locale.ROOT), none -> new Float[request.answer().length][layers]);
                    its[row.row() - first][row.layer()] = share.floatValue();
                });
            }
        }
        return shares;
    }

    private static Map<String, float[][]> heads(List<AttentionRow> rows, SweepRequest request) {
        TokenRole[] roles = request.prompt().roles();
        int tokens = request.answer().length;
        int layers = rows.size() / tokens;
        Map<String, double[][]> sums = new TreeMap<>();
        for (AttentionRow row : rows) {
            for (int key = 0; row.medium() == Medium.TEXT && key <= row.row(); key++) {
                String role = (key < roles.length ? roles[key] : TokenRole.ANSWER)
                        .name()
                        .toLowerCase(Locale.ROOT);
                double[][] its = sums.computeIfAbsent(role, none -> new double[layers][]);
                if (its[row.layer()] == null) {
                    its[row.layer()] = new double[row.weights().length];
                }
                for (int head = 0; head < row.weights().length; head++) {
                    its[row.layer()][head] += row.weights()[head][key] / tokens;
                }
            }
        }
        Map<String, float[][]> heads = new TreeMap<>();
        sums.forEach((role, its) ->
                heads.put(role, Arrays.stream(its).map(InsideLine::rounded).toArray(float[][]::new)));
        return heads;
    }

    private static float[] rounded(double... heads) {
        if (heads == null) {
            return null;
        }
        float[] rounded = new float[heads.length];
        for (int head = 0; head < heads.length; head++) {
            rounded[head] = (float) (Math.rint(heads[head] * DECIMALS) / DECIMALS);
        }
        return rounded;
    }

    private static EdgeRows edges(EdgeShare share) {
        Map<String, Float[][]> left = new TreeMap<>();
        for (Map.Entry<Masking, double[][]> under : share.left().entrySet()) {
            left.put(under.getKey().toString(), finite(under.getValue()));
        }
        return new EdgeRows(share.intervention().name(), finite(share.attention()), finite(share.value()), left);
    }

    /** The numbers as floats; null where there is none. */
    public static Float[][] finite(double[]... numbers) {
        return Arrays.stream(numbers)
                .map(row -> Arrays.stream(row)
                        .mapToObj(number -> Double.isFinite(number) ? (Float) (float) number : null)
                        .toArray(Float[]::new))
                .toArray(Float[][]::new);
    }

    private static GateRows gates(BranchRatio layer) {
        return new GateRows(
                layer.layer(),
                (float) layer.attentionGate(),
                (float) layer.mlpGate(),
                floats(Arrays.stream(layer.attention()).boxed().toList(), Double::doubleValue),
                floats(Arrays.stream(layer.mlp()).boxed().toList(), Double::doubleValue));
    }

    /** Writes it as a field of a line. */
    void write(JsonGenerator json) throws IOException {
        json.writeFieldName(FIELD);
        JSON.writeValue(json, this);
    }

    /**
     * Reads it.
     *
     * @throws sightline.error.InputException if it is not there, lacks what the run reads, or has other numbers of tokens or
     *     layers than the line
     */
    static InsideLine read(TracedLine.Reader line, int tokens) {
        JsonNode json = line.json().path(FIELD);
        if (!json.isObject()) {
            throw line.broken("has no " + FIELD);
        }
        try {
            InsideLine read = JSON.treeToValue(json, InsideLine.class);
            read.requireAsked(line);
            read.require(line, tokens, line.rules().layers());
            return read;
        } catch (JsonProcessingException e) {
            throw line.broken(FIELD + " cannot be read: " + e.getOriginalMessage());
        }
    }

    private void requireAsked(TracedLine.Reader line) {
        List<InsideKind> asked = line.rules().additions().inside();
        if (asked.contains(InsideKind.LENS) && (lens.isEmpty() || lens.get(0).pathway() != null)) {
            throw line.broken(FIELD + " has no lens with nothing cut");
        }
        if (asked.contains(InsideKind.ATTENTION)
                && ((attention.isEmpty() && gates.isEmpty())
                        || (edges.isEmpty() && !line.rules().pathways().isEmpty()))) {
            throw line.broken(FIELD + " has no attention, or none of the pathways' edges");
        }
        if (asked.contains(InsideKind.ATTENTION_HEADS) && attentionHeads.isEmpty()) {
            throw line.broken(FIELD + " has no attention of heads");
        }
    }

    private void require(TracedLine.Reader line, int tokens, int layers) {
        attentionHeads.forEach((role, rows) -> {
            int heads = Arrays.stream(rows)
                    .filter(Objects::nonNull)
                    .mapToInt(row -> row.length)
                    .findFirst()
                    .orElse(0);
            int[] widths = Arrays.stream(rows)
                    .filter(Objects::nonNull)
                    .mapToInt(row -> row.length)
                    .toArray();
            requireShape(line, role, layers, heads, rows.length, widths);
        });
        for (LensRows rows : lens) {
            requireShape(line, "lens", tokens, layers + 1, rows.logP() == null ? 0 : rows.logP().length, widths(rows));
        }
        attention.forEach((role, rows) -> requireShape(line, role, tokens, layers, rows.length, widths(rows)));
        for (EdgeRows rows : edges) {
            requireShape(line, rows.pathway(), tokens, layers, rows.attention().length, widths(rows.attention()));
            requireShape(line, rows.pathway(), tokens, layers, rows.value().length, widths(rows.value()));
            rows.left()
                    .values()
                    .forEach(left -> requireShape(line, rows.pathway(), tokens, layers, left.length, widths(left)));
        }
        for (GateRows rows : gates) {
            requireShape(
                    line, "gates", tokens, tokens, rows.attention().length, rows.attention().length, rows.mlp().length);
        }
    }

    private static int[] widths(LensRows rows) {
        List<Integer> widths = new ArrayList<>();
        for (int token = 0; token < rows.logP().length; token++) {
            widths.addAll(List.of(rows.logP()[token].length, rows.rank()[token].length, rows.top()[token].length));
        }
        return widths.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] widths(Float[]... rows) {
        return Arrays.stream(rows).mapToInt(row -> row.length).toArray();
    }

    private static void requireShape(
            TracedLine.Reader line, String what, int tokens, int wide, int found, int... widths) {
        if (found != tokens || Arrays.stream(widths).anyMatch(width -> width != wide)) {
            throw line.broken(FIELD + " has " + found + " answer tokens of " + Arrays.toString(widths) + " numbers of "
                    + what + ", expected " + tokens + " of " + wide);
        }
    }
}
