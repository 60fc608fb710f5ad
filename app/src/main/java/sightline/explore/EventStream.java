package sightline.explore;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells the page how a job gets on, as server-sent events; a page that has gone cancels it. */
final class EventStream {
    private static final long PATIENCE = 250;

    private EventStream() {}

    /** Tells all of it. */
    static void tell(Context request, DeskJob job, DeskJob.Event first) throws InterruptedException {
        request.res().setContentType("text/event-stream; charset=utf-8");
        try {
            OutputStream out = request.res().getOutputStream();
            write(out, first);
            for (Optional<DeskJob.Event> event = job.next(PATIENCE); ; event = job.next(PATIENCE)) {
                if (event.isPresent()) {
                    write(out, event.get());
                    if (event.get().last()) {
                        return;
                    }
                } else {
                    out.write(": waiting\n\n".getBytes(StandardCharsets.UTF_8)); // finds out whether the page is there
                    out.flush();
                }
            }
        } catch (IOException e) {
            job.cancel();
        }
    }

    private static void write(OutputStream out, DeskJob.Event event) throws IOException {
        String text = "event: " + event.name() + "\ndata: " + PageJson.line(event.data()) + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
