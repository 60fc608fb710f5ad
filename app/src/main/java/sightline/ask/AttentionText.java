package sightline.ask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sightline.knockout.AttentionRow;
import sightline.knockout.BranchRatio;
import sightline.knockout.EdgeShare;
import sightline.knockout.Inside;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;
import sightline.terminal.Note;
import sightline.text.TokenRole;

/** What {@code ask --attention} prints for people: by role, what the first read-out row attends to; edges; gates. */
final class AttentionText {
    /** More are in --json. */
    private static final int ROWS = 12;

    private AttentionText() {}

    /** The lines, a blank one before them; none if attention was not asked for. */
    static List<String> lines(Outcome outcome, Look look) {
        Inside inside = outcome.trace().inside();
        if (inside.attention().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(Note.wrapped(
                "Attention of the row that reads out the first token, over the heads of all layers that read text: "
                        + roles(outcome) + ". It tells where a row looks, not what that does.",
                Look.WIDTH));
        lines.addAll(rows(outcome, look.glyphs()));
        for (EdgeShare share : inside.edges()) {
            lines.addAll(Note.wrapped(edges(share, look.glyphs()), Look.WIDTH));
        }
        if (!inside.gates().isEmpty()) {
            lines.addAll(Note.wrapped(gates(inside.gates()), Look.WIDTH));
        }
        return lines;
    }

    /** One line for each of the rows that were asked for. */
    private static List<String> rows(Outcome outcome, Glyphs glyphs) {
        TokenRole[] roles = outcome.trace().request().prompt().roles();
        Map<Integer, List<AttentionRow>> byRow = new TreeMap<>();
        outcome.trace().inside().rows().forEach(row -> byRow.computeIfAbsent(row.row(), none -> new ArrayList<>())
                .add(row));
        List<String> lines = new ArrayList<>();
        byRow.forEach((row, layers) -> {
            if (lines.size() < ROWS) {
                String role = (row < roles.length ? roles[row] : TokenRole.ANSWER).name();
                lines.add("Row " + row + ", " + role.toLowerCase(Locale.ROOT) + ": " + roles(outcome, layers) + ".");
            }
        });
        if (byRow.size() > ROWS) {
            lines.add(glyphs.ellipsis() + " and " + (byRow.size() - ROWS) + " more rows (--json)");
        }
        return lines.stream()
                .flatMap(line -> Note.wrapped(line, Look.WIDTH).stream())
                .toList();
    }

    private static String roles(Outcome outcome) {
        return roles(
                outcome,
                outcome.trace().inside().attention().subList(0, outcome.shape().layers()));
    }

    /** @param layers of one row */
    private static String roles(Outcome outcome, List<AttentionRow> layers) {
        Map<TokenRole, Double> shares = new EnumMap<>(TokenRole.class);
        TokenRole[] roles = outcome.trace().request().prompt().roles();
        List<AttentionRow> text =
                layers.stream().filter(row -> row.medium() == Medium.TEXT).toList();
        for (AttentionRow row : text) {
            row.byRole(roles).forEach((role, share) -> shares.merge(role, share / text.size(), Double::sum));
        }
        return shares.entrySet().stream()
                .filter(entry -> entry.getValue() >= 0.005)
                .sorted(Map.Entry.<TokenRole, Double>comparingByValue(Comparator.reverseOrder()))
                .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                        + percent(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String edges(EdgeShare share, Glyphs glyphs) {
        String name = glyphs.pathway(share.intervention().name());
        double[] taken = finite(share.attention()[0]);
        if (taken.length == 0) {
            return name + ": no edges at the first token.";
        }
        return String.format(
                Locale.ROOT,
                "%s: its edges carry %s of the attention and %s of what is read; a cut %s.",
                name,
                range(taken),
                percent(mean(finite(share.value()[0]))),
                cut(share));
    }

    /** Where rows keep other edges, nothing comes over the cut ones; an emptied row reads a mean over them, or nothing. */
    private static String cut(EdgeShare share) {
        Map<Masking, Double> left = new EnumMap<>(Masking.class);
        share.left().forEach((masking, layers) -> left.put(masking, mean(finite(layers[0]))));
        if (left.values().stream().allMatch(mean -> mean == 0)) {
            return "takes them all away";
        }
        return left.entrySet().stream()
                .map(entry -> (entry.getValue() == 0 ? "none" : percent(entry.getValue())) + " of them under "
                        + entry.getKey())
                .collect(Collectors.joining(", ", "leaves ", ""));
    }

    private static String gates(List<BranchRatio> gates) {
        BranchRatio most = gates.stream()
                .max(Comparator.comparingDouble(layer -> layer.attention()[0]))
                .orElseThrow();
        double[] attention =
                gates.stream().mapToDouble(layer -> layer.attention()[0]).toArray();
        double[] mlp = gates.stream().mapToDouble(layer -> layer.mlp()[0]).toArray();
        return String.format(
                Locale.ROOT,
                "Layers that read the picture add %s of the stream's length by attention (most in layer %d, gate %.2f),"
                        + " %s by their MLP.",
                range(attention),
                most.layer(),
                most.attentionGate(),
                range(mlp));
    }

    private static String range(double... shares) {
        String least = percent(Arrays.stream(shares).min().orElseThrow());
        String most = percent(Arrays.stream(shares).max().orElseThrow());
        return least.equals(most) ? least : least + " to " + most;
    }

    private static double[] finite(double... numbers) {
        return Arrays.stream(numbers).filter(Double::isFinite).toArray();
    }

    private static double mean(double... numbers) {
        return Arrays.stream(numbers).average().orElse(Double.NaN);
    }

    /** As a share: whole percent, one decimal below ten. */
    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
    }
}
