package sightline.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import sightline.image.ImageTiles;
import sightline.knockout.SweepRequest;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.SharedSweep;
import sightline.tensor.ComputeDevice;
import sightline.tensor.OneThread;
import sightline.tensor.WorkerThreads;

/**
 * How many samples one model gets through when several workers ask it at once, each seeing a picture and tracing.
 *
 * @param workers threads, each of which keeps to one core of the host
 * @param samples of all workers together
 * @param seconds from the first's begin to the last's end
 */
public record Throughput(int workers, int samples, double seconds) {
    /** Samples a second. */
    public double rate() {
        return samples / seconds;
    }

    /**
     * Measures it, once a first sample has made the plan.
     *
     * @param each samples of a worker
     */
    public static Throughput of(VisionLanguageModel model, BenchSample sample, int workers, int each) {
        ImageTiles picture = sample.picture(model.config());
        SweepRequest request = sample.request(model.config());
        try (SharedSweep sweep = new SharedSweep(model)) {
            try (VisionMemory seen = model.see(picture)) {
                sweep.run(request, seen, Progress.NONE);
            }
            return measured(workers, each, model.compute().device(), () -> {
                try (VisionMemory seen = model.see(picture)) {
                    sweep.run(request, seen, Progress.NONE);
                }
            });
        }
    }

    private static Throughput measured(int workers, int each, ComputeDevice device, Runnable sample) {
        device.synchronize();
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        List<Future<?>> ends = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            ends.add(threads.submit(() -> {
                try (OneThread thread = OneThread.open()) {
                    for (int i = 0; i < each; i++) {
                        sample.run();
                    }
                }
            }));
        }
        if (WorkerThreads.end(threads, () -> {})) {
            throw new IllegalStateException("interrupted while measuring");
        }
        device.synchronize();
        double seconds = (System.nanoTime() - start) / 1e9;
        for (Future<?> end : ends) {
            try {
                end.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a worker failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // cannot be: all have ended
            }
        }
        return new Throughput(workers, workers * each, seconds);
    }
}
