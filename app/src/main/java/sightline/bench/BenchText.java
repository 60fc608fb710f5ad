package sightline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sightline.knockout.SweepCost;
import sightline.measure.BenchReport;
import sightline.measure.BenchSample;
import sightline.measure.NaiveTime;
import sightline.measure.Phase;
import sightline.measure.Throughput;
import sightline.terminal.Look;
import sightline.terminal.Note;

/** The words and the table of {@code bench}. */
final class BenchText {
    private static final int NAME = 9;

    private BenchText() {}

    static List<String> lines(BenchReport report) {
        List<String> lines = new ArrayList<>();
        facts(lines, "model", model(report));
        facts(lines, "machine", machine(report.machine()));
        facts(lines, "sample", sample(report.sample()));
        facts(lines, "plan", plan(report.cost()));
        lines.add("");
        lines.add("step                  operations   seconds    GF/s  of best  predicted  ratio");
        for (int i = 0; i < report.phases().size(); i++) {
            lines.add(row(report, report.phases().get(i), report.predicted().get(i)));
        }
        lines.add(row(report, report.total(), report.totalPredicted()));
        lines.add("");
        report.naive().ifPresent(naive -> facts(lines, "naive", naive(report, naive)));
        report.throughput().ifPresent(several -> facts(lines, "workers", throughput(several)));
        facts(lines, "memory", memory(report));
        if (report.runs() > 1) {
            facts(lines, "runs", "the fastest of " + report.runs() + ", step by step");
        }
        return lines;
    }

    private static String model(BenchReport report) {
        BenchReport.Machine machine = report.machine();
        return report.model() + "; hidden states in " + machine.dtype() + ", weights in " + machine.weights()
                + ", products in " + machine.matmul() + "; "
                + machine.card().map(card -> "on " + card).orElse(counted(machine.threads(), "thread"));
    }

    private static String machine(BenchReport.Machine machine) {
        return String.format(
                Locale.ROOT,
                "%s GF/s best matrix product; memory reads %s, copies %s, widens %s GB/s",
                digits(machine.bestRate() / 1e9),
                digits(machine.memory().read() / 1e9),
                digits(machine.memory().copy() / 1e9),
                digits(machine.memory().widen() / 1e9));
    }

    private static String sample(BenchSample sample) {
        String sizes = sample.sizes().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return counted(sample.promptTokens(), "prompt token") + ", " + counted(sample.answerTokens(), "answer token")
                + ", " + counted(sample.tiles(), "tile") + "; "
                + counted(sample.pathways().size(), "pathway")
                + ", k = " + sizes;
    }

    private static String plan(SweepCost cost) {
        return String.format(
                Locale.ROOT,
                "%,d numbers from %,d distinct passes; %,d states, where the naive sweep computes %,d: %s times as many",
                cost.variants(),
                cost.distinctVariants(),
                cost.states(),
                cost.naiveStates(),
                digits((double) cost.naiveStates() / cost.states()));
    }

    private static String row(BenchReport report, Phase phase, double predicted) {
        return String.format(
                Locale.ROOT,
                "%-22s%10s%10s%8s%9s%11s%7.2f",
                phase.name(),
                operations(phase.operations()),
                digits(phase.seconds()),
                digits(phase.rate() / 1e9),
                Math.round(100 * phase.rate() / report.machine().bestRate()) + " %",
                digits(predicted),
                phase.seconds() / predicted);
    }

    private static String naive(BenchReport report, NaiveTime naive) {
        String timed = naive.extrapolated()
                ? String.format(
                        Locale.ROOT,
                        "%,d of %,d passes took %s s, so all would take %s s",
                        naive.timed(),
                        naive.passes(),
                        digits(naive.timedSeconds()),
                        digits(naive.seconds()))
                : String.format(Locale.ROOT, "all %,d passes took %s s", naive.passes(), digits(naive.seconds()));
        String difference = naive.largestDifference().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; the numbers differ by %.1e at most",
                        naive.largestDifference().getAsDouble());
        return timed + ": the shared sweep is " + digits(naive.seconds() / report.sweepSeconds()) + " times as fast"
                + difference;
    }

    private static String throughput(Throughput throughput) {
        return throughput.workers() + " at once: " + digits(throughput.rate()) + " samples a second, one every "
                + digits(1 / throughput.rate()) + " s";
    }

    private static String memory(BenchReport report) {
        return report.memory().isEmpty()
                ? "not known on this system"
                : digits(report.memory().getAsLong() / (double) (1L << 20))
                        + " MiB beside the loaded model at the most";
    }

    /** A fact with its name before it, on as many lines as it needs. */
    private static void facts(List<String> lines, String name, String value) {
        String before = name;
        for (String part : Note.wrapped(value, Look.WIDTH - NAME)) {
            lines.add(before + " ".repeat(NAME - before.length()) + part);
            before = "";
        }
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String operations(double operations) {
        return operations >= 1e12 ? digits(operations / 1e12) + " T" : digits(operations / 1e9) + " G";
    }

    /** Three digits, at most. */
    private static String digits(double number) {
        if (number >= 99.95) {
            return String.format(Locale.ROOT, "%,d", Math.round(number));
        }
        int decimals = number >= 9.995 ? 1 : number >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
