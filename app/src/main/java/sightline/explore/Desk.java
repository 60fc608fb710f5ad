package sightline.explore;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sightline.ask.Sweeps;
import sightline.checkpoint.Checkpoint;
import sightline.family.Families;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;

/** The one model and its one thread: what is asked of it is done in the order in which it comes. */
final class Desk implements AutoCloseable {
    private static final int LONGEST_QUEUE = 32;
    /** Pictures whose memory is kept: two that are compared, and one more. */
    private static final int MEMORIES = 3;

    private static final int LINGER_SECONDS = 20;

    /** How far the model is. */
    enum Status {
        LOADING,
        READY,
        FAILED
    }

    private final BlockingQueue<DeskJob> waiting = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final CountDownLatch settled = new CountDownLatch(1);
    private final Optional<Path> given;
    private final DemoFiles demo;
    private final LoadOptions loading;
    private final Thread thread;
    private volatile boolean closing;
    private volatile DeskJob current;
    private volatile DeskModel loaded;
    private volatile String failure;
    private String fingerprint; // of the model's thread alone

    /** @param given the checkpoint; the demo's if there is none */
    Desk(Optional<Path> given, DemoFiles demo, LoadOptions loading) {
        this.given = given;
        this.demo = demo;
        this.loading = loading;
        this.thread = new Thread(this::work, "model");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether it is the model that is part of Sightline. */
    boolean isDemo() {
        return given.isEmpty();
    }

    Status status() {
        return settled.getCount() > 0 ? Status.LOADING : failure == null ? Status.READY : Status.FAILED;
    }

    /** Waits until the model is loaded or has failed to, at most so long. */
    void await(long milliseconds) throws InterruptedException {
        settled.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    Optional<DeskModel> loaded() {
        return Optional.ofNullable(loaded);
    }

    /** Why the model could not be loaded. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The model.
     *
     * @throws RequestRefusal if it is not there (yet)
     */
    DeskModel require() {
        if (failure != null) {
            throw new RequestRefusal(RequestRefusal.BUSY, failure);
        }
        return loaded().orElseThrow(() -> new RequestRefusal(RequestRefusal.BUSY, "The model is being loaded."));
    }

    /**
     * Puts a job behind the others.
     *
     * @return how many are before it
     * @throws RequestRefusal if too many wait
     */
    int submit(DeskJob job) {
        int ahead = waiting.size() + (current == null ? 0 : 1);
        if (!waiting.offer(job)) {
            throw new RequestRefusal(
                    RequestRefusal.BUSY, LONGEST_QUEUE + " questions wait already. Try again in a while.");
        }
        return ahead;
    }

    private void work() {
        try (VisionLanguageModel model = load()) {
            if (model == null) {
                refuseAll();
                return;
            }
            Lru<VisionMemory> memories = new Lru<>(MEMORIES, memory -> 1, VisionMemory::close);
            try (Sweeps sweeps = new Sweeps(model)) {
                loaded = new DeskModel(folder(), loading, fingerprint, model, sweeps, memories);
                settled.countDown();
                serve();
            } finally {
                memories.clear();
            }
        }
    }

    private Path folder() {
        return given.orElseGet(demo::checkpoint);
    }

    private VisionLanguageModel load() {
        try {
            Checkpoint checkpoint = Families.open(folder());
            fingerprint = checkpoint.fingerprint();
            return Families.load(checkpoint, loading); // which closes it
        } catch (RuntimeException | Error e) { // also natives that this platform lacks: the page says it
            failure = DeskJob.Event.line(e);
            settled.countDown();
            return null;
        }
    }

    private void refuseAll() {
        while (!closing) {
            DeskJob job = take();
            if (job != null) {
                job.tell(DeskJob.Event.failed(failure));
            }
        }
    }

    private void serve() {
        while (!closing) {
            DeskJob job = take();
            if (job != null && !job.isCancelled()) {
                current = job;
                try {
                    job.tell(job.run(loaded));
                } catch (CancellationException e) {
                    job.tell(DeskJob.Event.failed("cancelled"));
                } catch (RuntimeException | Error e) { // the next question is answered all the same
                    job.tell(DeskJob.Event.failed(DeskJob.Event.line(e)));
                } finally {
                    current = null;
                }
            }
        }
    }

    private DeskJob take() {
        try {
            return waiting.poll(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing = true;
            return null;
        }
    }

    @Override
    public void close() {
        closing = true;
        DeskJob now = current;
        if (now != null) {
            now.cancel();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(LINGER_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
