package sightline.answering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.tensor.OneThread;
import sightline.tensor.WorkerThreads;

/**
 * Works through samples with one model or several: one queue of pictures for the workers of all. {@link Workers} says how many a
 * model has. One alone works on one sample after the other, with all cores; of several each keeps to one core.
 *
 * @param <T> a sample
 */
public final class SideBySide<T> {
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
     * pass; each worker takes the next picture when it is done with one, whatever its model.
     *
     * @param models of one checkpoint, each on a device of its own
     * @param pictures the samples of each, at least one
     * @param workers makes the tools of one worker with one of the models
     * @param progress hears of each sample once its result is kept
     * @param stop asked before each sample whether to end here
     * @return whether it was stopped before the end
     */
    public static <T> boolean run(
            List<VisionLanguageModel> models,
            List<List<T>> pictures,
            Function<VisionLanguageModel, Worker<T>> workers,
            Progress progress,
            BooleanSupplier stop) {
        List<Integer> counts = models.stream().map(Workers::of).toList();
        List<Supplier<Worker<T>>> crew = new ArrayList<>();
        for (int round = 0; round < Collections.max(counts); round++) { // few pictures still use every device
            for (int i = 0; i < models.size(); i++) {
                VisionLanguageModel model = models.get(i);
                if (round < counts.get(i)) {
                    crew.add(() -> workers.apply(model));
                }
            }
        }
        return run(crew, pictures, progress, stop);
    }

    /** @param crew makes each worker's tools; one alone works on this thread, with all cores */
    static <T> boolean run(
            List<Supplier<Worker<T>>> crew, List<List<T>> pictures, Progress progress, BooleanSupplier stop) {
        SideBySide<T> work = new SideBySide<>(pictures, progress, stop);
        int count = Math.max(1, Math.min(crew.size(), pictures.size()));
        if (count == 1) {
            work.work(crew.get(0));
        } else {
            work.together(crew.subList(0, count));
        }
        return work.stopped;
    }

    private void together(List<Supplier<Worker<T>>> crew) {
        ExecutorService threads = Executors.newFixedThreadPool(crew.size());
        List<Future<?>> ends = new ArrayList<>();
        for (Supplier<Worker<T>> tools : crew) {
            ends.add(threads.submit(() -> {
                try (OneThread thread = OneThread.open()) {
                    work(tools);
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
