package sightline.measure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import sightline.knockout.SweepCost;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;
import sightline.tensor.Roofline;

/**
 * What was measured.
 *
 * @param model its name
 * @param machine its limits
 * @param sample what was asked
 * @param runs of which the fastest counts, step by step
 * @param cost what the sweep was planned to cost
 * @param phases in the order of a sample's way
 * @param predicted per phase, its products' seconds at the rates of their own shapes
 * @param naive the naive sweep's time; empty if it was not asked for
 * @param throughput of several workers at once; empty if it was not asked for
 * @param memory most bytes that came on top of the loaded model, of the card where one computes; empty where the system
 *     does not tell
 */
public record BenchReport(
        String model,
        Machine machine,
        BenchSample sample,
        int runs,
        SweepCost cost,
        List<Phase> phases,
        List<Double> predicted,
        Optional<NaiveTime> naive,
        Optional<Throughput> throughput,
        OptionalLong memory) {
    public BenchReport {
        phases = List.copyOf(phases);
        predicted = List.copyOf(predicted);
        if (phases.size() != predicted.size()) {
            throw new IllegalArgumentException(phases.size() + " phases, but " + predicted.size() + " predictions");
        }
    }

    /**
     * What computed, in the format in which the model did.
     *
     * @param device as on the command line
     * @param card what the card is called; empty on the CPU
     * @param dtype of hidden states
     * @param weights the format in which weight matrices are held
     * @param matmul the format of products
     * @param threads that an operation may use on the CPU
     * @param bestRate operations a second of the best matrix product
     * @param memory bytes a second
     */
    public record Machine(
            ComputeDevice device,
            Optional<String> card,
            DType dtype,
            DType weights,
            DType matmul,
            int threads,
            double bestRate,
            Roofline.Memory memory) {}

    /** All phases as one. */
    public Phase total() {
        return new Phase(
                "whole sample",
                phases.stream().flatMap(phase -> phase.work().stream()).toList(),
                phases.stream().mapToDouble(Phase::seconds).sum());
    }

    /** The predicted seconds of all phases. */
    public double totalPredicted() {
        return predicted.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Seconds of the shared sweep with its head: what the naive sweep does another way. */
    public double sweepSeconds() {
        return phases.stream()
                .filter(phase ->
                        phase.name().startsWith("sweep") || phase.name().equals("head"))
                .mapToDouble(Phase::seconds)
                .sum();
    }
}
