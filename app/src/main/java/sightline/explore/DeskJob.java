package sightline.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import sightline.error.InputException;

/** Something that the model is asked to do: what it says on the way, and whether anybody still wants it. */
final class DeskJob {
    /**
     * What is told of it.
     *
     * @param last whether nothing follows
     */
    record Event(String name, JsonNode data, boolean last) {
        /** The last one of a job that came to nothing. */
        static Event failed(String message) {
            return new Event("failed", JsonNodeFactory.instance.objectNode().put("message", message), true);
        }

        /** What is told of an error, in one line. */
        static String line(Throwable e) {
            if (e instanceof InputException input && input.nextStep().contains("--")) { // a page has no options
                return input.place().replaceFirst("^--", "") + ": " + input.problem() + "."
                        + (input.expected().isEmpty() ? "" : " Expected " + input.expected() + ".");
            }
            if (e instanceof InputException || e instanceof RequestRefusal) {
                return e.getMessage();
            }
            String message = e.getMessage() == null
                    ? ""
                    : e.getMessage().lines().findFirst().orElse("");
            return e.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
        }
    }

    /** What a job does. */
    interface Doing {
        /** Does it, and says how it ended: the last event. */
        Event with(DeskModel loaded, DeskJob job);
    }

    private final Doing doing;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile boolean cancelled;

    DeskJob(Doing doing) {
        this.doing = doing;
    }

    /** Nobody waits for it any more: it ends at its next step. */
    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** @throws CancellationException if nobody waits for it */
    void requireWanted() {
        if (cancelled) {
            throw new CancellationException();
        }
    }

    void tell(Event event) {
        events.add(event);
    }

    /** The next event, if one comes within a while. */
    Optional<Event> next(long milliseconds) throws InterruptedException {
        return Optional.ofNullable(events.poll(milliseconds, TimeUnit.MILLISECONDS));
    }

    Event run(DeskModel loaded) {
        return doing.with(loaded, this);
    }
}
