package sightline.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * How many cores a model's operations share: the one place where that is decided.
 *
 * <p>A second core takes part in an operation at the price of waiting for it at the operation's end. Operations of small
 * models take microseconds: alone on the machine the second core gains nothing there, and beside other programs each
 * operation waits until the second thread has a core again, for milliseconds (docs/performance.md has the numbers). So
 * small models keep to one core, and use the others by working on several samples.
 */
public final class Cores {
    /** Parameters up to which a model keeps to one core. The demo's has 2 million, {@code bench --shapes mid} 95 million. */
    public static final long SMALL = 20_000_000;

    private Cores() {}

    /** While it is open, the current thread's operations use as many cores as was decided. */
    public interface Held extends AutoCloseable {
        /** Ends it, on the same thread. */
        @Override
        void close();
    }

    /** Whether a model of so many parameters keeps to one core. */
    public static boolean one(long parameters) {
        return parameters <= SMALL;
    }

    /** The cores for work with a model of so many parameters: one, or all unless a {@link OneThread} is open. */
    public static Held of(long parameters) {
        if (one(parameters)) {
            return OneThread.open()::close;
        }
        // The engine hands a thread that is new to it the number that was set last, by whichever thread.
        if (!OneThread.isOpen() && torch.get_num_threads() < NativeEngine.allThreads()) {
            torch.set_num_threads(NativeEngine.allThreads());
        }
        return () -> {};
    }
}
