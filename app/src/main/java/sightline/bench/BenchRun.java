package sightline.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sightline.console.Console;
import sightline.device.Cards;
import sightline.measure.BenchReport;
import sightline.measure.BenchSample;
import sightline.measure.MemoryWatch;
import sightline.measure.NaiveTime;
import sightline.measure.Phase;
import sightline.measure.SampleBench;
import sightline.measure.Throughput;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.tensor.ComputeDevice;
import sightline.tensor.Cores;
import sightline.tensor.NativeEngine;
import sightline.tensor.Roofline;
import sightline.terminal.ProgressMeter;

/** Takes the measurements of {@code bench}, and shows how far they are. */
final class BenchRun {
    private final Console console;
    private final String name;
    private final VisionLanguageModel model;
    private final BenchSample sample;
    private final boolean heads;

    /**
     * @param name what the model is called
     * @param heads whether the sweep is timed with each attention head silenced, too
     */
    BenchRun(Console console, String name, VisionLanguageModel model, BenchSample sample, boolean heads) {
        this.console = console;
        this.name = name;
        this.model = model;
        this.sample = sample;
        this.heads = heads;
    }

    /**
     * Measures all.
     *
     * @param repeats how often each step is run
     * @param passes of the naive sweep that are timed; empty for all
     * @param several workers whose throughput is measured; 0 for none
     */
    BenchReport measure(int repeats, OptionalInt passes, int several) {
        try (Cores.Held cores =
                Cores.of(model.config().parameters())) { // the machine's limits too, to compare like with like
            return measureHere(repeats, passes, several);
        }
    }

    private BenchReport measureHere(int repeats, OptionalInt passes, int several) {
        ComputeDevice on = model.compute().device();
        Roofline roofline = new Roofline(model.compute(), model.weightFormat());
        BenchReport.Machine machine = during("measuring the machine", () -> machine(roofline));
        try (SampleBench bench = new SampleBench(model, sample)) {
            OptionalLong memory;
            long free = on.isCard() ? Cards.freeMemory(on) : 0;
            try (MemoryWatch watch = MemoryWatch.open()) {
                for (int run = 0; run < repeats; run++) {
                    step("looking", "layers", bench::see);
                    step("reading the prompt", "states", bench::prompt);
                    step("tracing", "states", bench::sweep);
                    if (heads) {
                        step("tracing heads", "states", bench::heads);
                    }
                }
                // Torch keeps what it has taken of a card, so what is free now tells the most that was taken.
                memory = on.isCard() ? OptionalLong.of(free - Cards.untaken(on)) : watch.growth();
            }
            Optional<NaiveTime> naiveTime = naive(bench, passes);
            Optional<Throughput> throughput = several == 0
                    ? Optional.empty()
                    : Optional.of(during("several at once", () -> Throughput.of(model, sample, several, repeats)));
            List<Phase> phases = bench.phases();
            List<Double> predicted = during("measuring the shapes", () -> phases.stream()
                    .map(phase -> phase.predicted(roofline))
                    .toList());
            return new BenchReport(
                    name,
                    machine,
                    sample,
                    repeats,
                    bench.plan().cost(),
                    phases,
                    predicted,
                    naiveTime,
                    throughput,
                    memory);
        }
    }

    private BenchReport.Machine machine(Roofline roofline) {
        ComputeDevice on = model.compute().device();
        return new BenchReport.Machine(
                on,
                on.isCard() ? Optional.of(Cards.title(on)) : Optional.empty(),
                model.dtype(),
                model.weightFormat(),
                roofline.matmul(),
                NativeEngine.threads(),
                roofline.bestRate(),
                roofline.memory());
    }

    private Optional<NaiveTime> naive(SampleBench bench, OptionalInt passes) {
        if (passes.isPresent() && passes.getAsInt() == 0) {
            return Optional.empty();
        }
        try (ProgressMeter meter = console.progress("tracing naively", "passes")) {
            return Optional.of(bench.naive(passes.orElse(Integer.MAX_VALUE), meter::done));
        }
    }

    private void step(String task, String unit, Consumer<Progress> work) {
        try (ProgressMeter meter = console.progress(task, unit)) {
            work.accept(meter::done);
        }
    }

    private <T> T during(String task, Supplier<T> work) {
        try (ProgressMeter meter = console.progress(task, "")) {
            return work.get();
        }
    }
}
