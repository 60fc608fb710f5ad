package sightline.answering;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.tensor.Cores;
import sightline.tensor.OneThread;
import sightline.tensor.WorkerThreads;

/**
 * Works through samples with one model. A model so small that several cores gain nothing on one sample works on several
 * pictures at once, each on a core of its own; any other on one sample after the other, with all cores.
 *
 * @param <T> a sample
 */
public final class SideBySide<T> {
    /** Each worker may take the memory that a sweep may take. */
    private static final int MOST_WORKERS = 8;

    private final Iterator<List<T>> open;
    private final int all;
    private final Progress progress;
    private final BooleanSupplier stop;
    private int done;
    private boolean stopped;
    private boolean failed;

    /** Computes one sample after the other. */
    public interface Worker<T> extends AutoCloseable {
        /** Computes; what is returned keeps the result, and is never called at the same time as another's. */
        Runnable work(T sample);

        @Override
        void close();
    }

    private SideBySide(List<List<T>> pictures, Progress progress, BooleanSupplier stop) {
        this.open = pictures.iterator();
        this.all = pictures.stream().mapToInt(List::size).sum();
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Works through all samples. Those of one picture follow each other with one worker, so that they share its vision
     * pass.
     *
     * @param pictures the samples of each, at least one
     * @param workers makes the tools of one worker
     * @param progress hears of each sample once its result is kept
     * @param stop asked before each sample whether to end here
     * @return whether it was stopped before the end
     */
    public static <T> boolean run(
            VisionLanguageModel model,
            List<List<T>> pictures,
            Supplier<Worker<T>> workers,
            Progress progress,
            BooleanSupplier stop) {
        boolean small = Cores.one(model.config().parameters());
        int cores = Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
        return run(small ? cores : 0, pictures, workers, progress, stop);
    }

    /** @param threads how many workers of one core each there may be; 0 for one with all cores, on this thread */
    static <T> boolean run(
            int threads, List<List<T>> pictures, Supplier<Worker<T>> workers, Progress progress, BooleanSupplier stop) {
        SideBySide<T> work = new SideBySide<>(pictures, progress, stop);
        if (threads == 0) {
            work.work(workers);
        } else {
            work.together(workers, Math.max(1, Math.min(threads, pictures.size())));
        }
        return work.stopped;
    }

    private void together(Supplier<Worker<T>> workers, int count) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ends.add(threads.submit(() -> {
                try (OneThread thread = OneThread.open()) {
                    work(workers);
                }
            }));
        }
        if (WorkerThreads.end(
                threads, this::end)) { // what the caller closes next, the other workers may still be using
            throw new IllegalStateException("interrupted while samples were worked on");
        }
        for (Future<?> end : ends) {
            try {
                end.get();
            } catch (ExecutionException e) {
                rethrow(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // cannot be: all have ended
            }
        }
    }

    private void work(Supplier<Worker<T>> workers) {
        try (Worker<T> worker = workers.get()) {
            for (List<T> picture = next(); !picture.isEmpty(); picture = next()) {
                for (T sample : picture) {
                    if (mayBegin()) {
                        keep(worker.work(sample));
                    }
                }
            }
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    /** The next picture's samples; none if there is nothing left to begin. */
    private synchronized List<T> next() {
        return failed || stopped || !open.hasNext() ? List.of() : open.next();
    }

    private synchronized boolean mayBegin() {
        if (!failed && !stopped) {
            stopped = stop.getAsBoolean();
        }
        return !failed && !stopped;
    }

    private synchronized void keep(Runnable result) {
        result.run();
        progress.done(++done, all);
    }

    /** Lets no worker begin another sample. */
    private synchronized void end() {
        failed = true;
    }

    private static void rethrow(Throwable e) {
        if (e instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (e instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(e);
    }
}
