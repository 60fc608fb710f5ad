package sightline.console;

import java.util.concurrent.CountDownLatch;

/**
 * Lets long work end well when the process is asked to (Ctrl-C, {@code kill}): the work asks {@link #asked()} between its
 * steps, and the process goes on until {@link #close()}.
 */
public final class Interruption implements AutoCloseable {
    /** As shells report a process that Ctrl-C has ended. */
    public static final int STATUS = 130;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean asked;

    private Interruption(Console console, String said) {
        hook = new Thread(
                () -> {
                    asked = true;
                    console.note(said);
                    waitForTheEnd();
                },
                "interruption");
    }

    /**
     * Begins to watch.
     *
     * @param step what is finished before the process ends, e.g. {@code sample}
     */
    public static Interruption watch(Console console, String step) {
        return saying(console, "stopping after the " + step + " in hand. What is finished is kept.");
    }

    /** The same with words of one's own for the moment at which the process is asked. */
    public static Interruption saying(Console console, String said) {
        Interruption interruption = new Interruption(console, said);
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
        } catch (IllegalStateException e) {
            interruption.asked = true; // the process is ending already
        }
        return interruption;
    }

    private void waitForTheEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts a hook; the process may then end at once
        }
    }

    /** Whether the process is to end. */
    public boolean asked() {
        return asked;
    }

    /** The work has ended: the process may. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: the process is ending.
        }
        ended.countDown();
    }
}
