package sightline.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import sightline.dataset.Dataset;
import sightline.world.Chance;
import sightline.world.SceneQuestion;

/** An evaluation as Markdown tables. */
final class EvaluationText {
    private EvaluationText() {}

    /** All tables. */
    static List<String> lines(Map<String, Evaluation.Results> results, int pictures) {
        Evaluation.Results own = results.values().iterator().next();
        List<String> lines = new ArrayList<>();
        lines.add("Right answers to one question about each of " + pictures + " unseen pictures of each style:");
        lines.add("");
        lines.add("| accuracy | " + String.join(" | ", styles()) + " |");
        lines.add("|---|" + "---|".repeat(Dataset.values().length));
        results.forEach((name, result) -> lines.add(row(name, styleColumns(style -> accuracy(result, style)))));
        Chance chance = Chance.ofWorld();
        lines.add(row("chance: the best guess without eyes", styleColumns(style -> chance.of(own.questions(), style))));
        lines.add(row("probability above 0.5", styleColumns(style -> likely(own, style))));
        lines.add("");
        lines.add("| kind | questions | accuracy | chance |");
        lines.add("|---|---|---|---|");
        table(own, question -> question.style() + " " + question.kind(), chance, lines);
        lines.add("");
        lines.add("| category | questions | accuracy | chance |");
        lines.add("|---|---|---|---|");
        table(own, question -> question.style() + " " + question.categories().get(0), chance, lines);
        return lines;
    }

    private static List<String> styles() {
        return java.util.Arrays.stream(Dataset.values()).map(Dataset::toString).toList();
    }

    private static List<String> styleColumns(Function<Dataset, Double> value) {
        return java.util.Arrays.stream(Dataset.values())
                .map(style -> percent(value.apply(style)))
                .toList();
    }

    private static String row(String name, List<String> columns) {
        return "| " + name + " | " + String.join(" | ", columns) + " |";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static double accuracy(Evaluation.Results results, Dataset style) {
        return share(results, style, i -> results.given().get(i).right());
    }

    private static double likely(Evaluation.Results results, Dataset style) {
        return share(results, style, i -> results.given().get(i).probability() > 0.5);
    }

    private interface At {
        boolean holds(int index);
    }

    private static double share(Evaluation.Results results, Dataset style, At at) {
        int all = 0;
        int holding = 0;
        for (int i = 0; i < results.questions().size(); i++) {
            if (results.questions().get(i).style() == style) {
                all++;
                holding += at.holds(i) ? 1 : 0;
            }
        }
        return holding / (double) all;
    }

    private static void table(
            Evaluation.Results results, Function<SceneQuestion, String> group, Chance chance, List<String> lines) {
        Map<String, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < results.questions().size(); i++) {
            groups.computeIfAbsent(group.apply(results.questions().get(i)), key -> new ArrayList<>())
                    .add(i);
        }
        Map<String, List<Integer>> ordered = new LinkedHashMap<>(groups);
        ordered.forEach((name, members) -> {
            long right =
                    members.stream().filter(i -> results.given().get(i).right()).count();
            List<SceneQuestion> asked =
                    members.stream().map(results.questions()::get).toList();
            lines.add(row(
                    name,
                    List.of(
                            Integer.toString(members.size()),
                            percent(right / (double) members.size()),
                            percent(chance.of(asked)))));
        });
    }
}
