package sightline.explore;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import sightline.error.InputException;

/** The server behind the page. */
final class Explorer implements AutoCloseable {
    private final Address address;
    private final Routes routes;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Javalin server;

    private Explorer(Address address, Routes routes) {
        this.address = address;
        this.routes = routes;
    }

    /**
     * Begins to answer.
     *
     * @param views where views are saved too, if anywhere
     * @throws InputException if the address is taken
     */
    static Explorer start(Address address, Desk desk, RunShelf shelf, Optional<Path> views) {
        Explorer explorer = new Explorer(address, new Routes(new Guard(address), desk, shelf, new SavedViews(views)));
        try {
            explorer.server = explorer.listen(address.port());
        } catch (InputException e) {
            if (!address.elsewhere()) {
                throw e;
            }
            explorer.server = explorer.listen(0);
        }
        return explorer;
    }

    private Javalin listen(int port) {
        Javalin made = Javalin.create(config -> {
            Connections.limit(config);
            routes.to(config);
        });
        try {
            return made.start(address.host(), port);
        } catch (RuntimeException e) { // Javalin wraps what the port says
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw new InputException(
                            "--port",
                            "is " + port + ", which cannot be listened at",
                            "a free one",
                            "Give another, or 0",
                            e);
                }
            }
            throw e;
        }
    }

    /** The page's address. */
    String url() {
        String query = address.token().map(token -> "?token=" + token).orElse("");
        return "http://" + address.inUrl() + ":" + server.port() + "/" + query;
    }

    /**
     * Saves what the page shows when it is opened, if there is a folder for views.
     *
     * @return the file's name
     * @throws RequestRefusal if the model cannot be loaded, or does not answer
     */
    Optional<String> saveOpening() throws IOException, InterruptedException {
        return routes.saveOpening();
    }

    /** Waits until it is closed. */
    void await() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        ended.countDown();
        server.stop();
    }
}
