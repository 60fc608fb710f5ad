package sightline.answering;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import sightline.tensor.WorkerThreads;

/**
 * Values that are made on threads of their own before they are asked for. Few wait at a time, which bounds their memory.
 *
 * @param <K> what a value is asked for by
 * @param <V> a value
 */
final class MadeAhead<K, V> implements AutoCloseable {
    private final Iterator<K> expected;
    private final Function<K, V> make;
    private final int most;
    private final ExecutorService threads;
    private final Map<K, Future<V>> waiting = new HashMap<>();
    private final Set<K> takenEarly = new HashSet<>();

    /**
     * Begins with the first ones.
     *
     * @param expected all keys, each once, about in the order in which they will be asked for
     * @param make used by several threads
     * @param most values that may wait to be taken, those in the making included
     * @param threads that make them
     */
    MadeAhead(List<K> expected, Function<K, V> make, int most, int threads) {
        this.expected = expected.iterator();
        this.make = make;
        this.most = most;
        this.threads = Executors.newFixedThreadPool(threads);
        makeMore();
    }

    private synchronized void makeMore() {
        while (waiting.size() < most && expected.hasNext()) {
            K next = expected.next();
            if (!takenEarly.remove(next)) {
                waiting.put(next, threads.submit(() -> make.apply(next)));
            }
        }
    }

    /**
     * The value of a key, which is asked for once; made here if its turn has not come yet. What making it threw is thrown.
     *
     * @throws IllegalStateException if this thread is interrupted meanwhile; it stays marked as interrupted
     */
    V take(K key) {
        Future<V> made = taken(key);
        if (made == null) {
            return make.apply(key);
        }
        try {
            V value = made.get();
            makeMore(); // not before: what is in the making counts
            return value;
        } catch (ExecutionException e) {
            makeMore();
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + key, e);
        }
    }

    private synchronized Future<V> taken(K key) {
        Future<V> made = waiting.remove(key);
        if (made == null) {
            takenEarly.add(key);
        }
        return made;
    }

    /** Errors are thrown here; what else {@link #make} can throw is unchecked. */
    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return (RuntimeException) e;
    }

    /** How many values wait to be taken or are in the making. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Begins no more, and waits for those in the making. */
    @Override
    public void close() {
        synchronized (this) {
            waiting.values().forEach(made -> made.cancel(false));
            waiting.clear();
        }
        WorkerThreads.end(threads, () -> {});
    }
}
