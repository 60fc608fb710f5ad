package sightline.ask;

import java.util.function.Function;
import sightline.console.Console;
import sightline.model.Progress;
import sightline.terminal.ProgressMeter;

/** Whoever hears how an inquiry gets on. What it throws ends the inquiry. */
public interface AskWork {
    /**
     * Does a task.
     *
     * @param task what is done, such as "tracing"
     * @param unit what is counted of it
     * @param does is told whom to tell how far it has come
     */
    <T> T during(String task, String unit, Function<Progress, T> does);

    /**
     * A token of the answer was said.
     *
     * @param token its id
     * @param logits that it was chosen from
     */
    default void said(int token, float[] logits) {}

    /** A remark that is no result. */
    void note(String text);

    /** Tells it on a terminal. */
    static AskWork on(Console console) {
        return new AskWork() {
            @Override
            public <T> T during(String task, String unit, Function<Progress, T> does) {
                try (ProgressMeter meter = console.progress(task, unit)) {
                    return does.apply(meter::done);
                }
            }

            @Override
            public void note(String text) {
                console.note(text);
            }
        };
    }
}
