package sightline.explore;

import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Bounds on what connections may take of the machine. */
final class Connections {
    private static final int MOST = 600;
    private static final int THREADS = 250;
    private static final int LEAST_THREADS = 4;
    private static final long IDLE = 10_000;
    private static final int HEADERS = 16 << 10;
    /** A body that comes slower is refused: it would hold a thread. */
    private static final long BYTES_A_SECOND = 1_000;

    private Connections() {}

    @SuppressWarnings("removal") // the rate: nothing else of this Jetty bounds how slowly a body may come
    static void limit(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, LEAST_THREADS);
        threads.setName("page");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendXPoweredBy(false);
            http.setRequestHeaderSize(HEADERS);
            http.setIdleTimeout(IDLE);
            http.setMinRequestDataRate(BYTES_A_SECOND);
        });
        config.jetty.modifyServer(server -> server.addBean(new NetworkConnectionLimit(MOST, server)));
    }
}
