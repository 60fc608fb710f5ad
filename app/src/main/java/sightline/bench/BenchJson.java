package sightline.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sightline.knockout.SweepCost;
import sightline.measure.BenchReport;
import sightline.measure.BenchSample;
import sightline.measure.NaiveTime;
import sightline.measure.Phase;
import sightline.measure.Throughput;

/** What {@code bench --json} prints: operations, seconds, operations a second, bytes. What is not known is null. */
final class BenchJson {
    private BenchJson() {}

    /** One line of JSON. */
    static String line(BenchReport report) {
        return of(report).toString();
    }

    private static ObjectNode of(BenchReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", report.model());
        machine(json.putObject("machine"), report.machine());
        sample(json.putObject("sample"), report.sample());
        json.put("runs", report.runs());
        plan(json.putObject("plan"), report.cost());
        ArrayNode steps = json.putArray("steps");
        for (int i = 0; i < report.phases().size(); i++) {
            step(
                    steps.addObject(),
                    report,
                    report.phases().get(i),
                    report.predicted().get(i));
        }
        step(json.putObject("total"), report, report.total(), report.totalPredicted());
        if (report.naive().isEmpty()) {
            json.putNull("naive");
        } else {
            naive(json.putObject("naive"), report, report.naive().get());
        }
        if (report.throughput().isEmpty()) {
            json.putNull("throughput");
        } else {
            throughput(json.putObject("throughput"), report.throughput().get());
        }
        json.put("memory", report.memory().isEmpty() ? null : report.memory().getAsLong());
        return json;
    }

    private static void machine(ObjectNode json, BenchReport.Machine machine) {
        json.put("dtype", machine.dtype().toString());
        json.put("weights", machine.weights().toString());
        json.put("products", machine.matmul().toString());
        json.put("device", machine.device().toString());
        json.put("card", machine.card().orElse(null));
        json.put("threads", machine.threads());
        json.put("best_rate", machine.bestRate());
        json.put("memory_read", machine.memory().read());
        json.put("memory_copy", machine.memory().copy());
        json.put("memory_widen", machine.memory().widen());
    }

    private static void sample(ObjectNode json, BenchSample sample) {
        json.put("prompt_tokens", sample.promptTokens());
        json.put("answer_tokens", sample.answerTokens());
        json.put("tiles", sample.tiles());
        ArrayNode pathways = json.putArray("pathways");
        sample.pathways().forEach(pathways::add);
        ArrayNode sizes = json.putArray("k");
        sample.sizes().forEach(sizes::add);
    }

    private static void plan(ObjectNode json, SweepCost cost) {
        json.put("variants", cost.variants());
        json.put("distinct_variants", cost.distinctVariants());
        json.put("states", cost.states());
        json.put("naive_states", cost.naiveStates());
        json.put("matrix_operations", cost.matrixOperations());
        json.put("attention_operations", cost.attentionOperations());
        json.put("head_operations", cost.headOperations());
    }

    private static void step(ObjectNode json, BenchReport report, Phase phase, double predicted) {
        json.put("name", phase.name());
        json.put("operations", phase.operations());
        json.put("seconds", phase.seconds());
        json.put("rate", phase.rate());
        json.put("share_of_best", phase.rate() / report.machine().bestRate());
        json.put("predicted_seconds", predicted);
    }

    private static void throughput(ObjectNode json, Throughput throughput) {
        json.put("workers", throughput.workers());
        json.put("samples", throughput.samples());
        json.put("seconds", throughput.seconds());
        json.put("samples_a_second", throughput.rate());
    }

    private static void naive(ObjectNode json, BenchReport report, NaiveTime naive) {
        json.put("timed_passes", naive.timed());
        json.put("passes", naive.passes());
        json.put("timed_seconds", naive.timedSeconds());
        json.put("seconds", naive.seconds());
        json.put("extrapolated", naive.extrapolated());
        json.put("speed_up", naive.seconds() / report.sweepSeconds());
        json.put(
                "largest_difference",
                naive.largestDifference().isEmpty()
                        ? null
                        : naive.largestDifference().getAsDouble());
    }
}
