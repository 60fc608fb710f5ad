package sightline.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A master and workers of Spark's, each a process of its own on loopback. */
final class Standalone implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final ClusterFiles files;
    private final int port;
    private final Path home;
    private final Process master;
    private final List<Process> workers = new ArrayList<>();

    Standalone(ClusterFiles files) throws Exception {
        this.files = files;
        home = Files.createDirectories(files.folder().resolve("spark"));
        Files.createDirectories(home.resolve("jars")); // Spark looks for it; executors get the tests' class path
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        master = start("master", "org.apache.spark.deploy.master.Master", "--port", "" + port);
        awaitMaster();
    }

    private void awaitMaster() throws Exception {
        while (master.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError(files.err("master"));
    }

    private Process start(String name, String type, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("-Dspark.shuffle.service.enabled=false", type));
        command.addAll(List.of("--host", HOST, "--webui-port", "0"));
        command.addAll(List.of(more));
        return files.java(
                name,
                Map.of(
                        "SPARK_HOME",
                        home.toString(),
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_LOCAL_IP",
                        HOST,
                        "SPARK_WORKER_DIR",
                        home.resolve("work-" + name).toString()),
                command);
    }

    /** Starts one more with one core. */
    void addWorker() throws IOException {
        String name = "worker" + workers.size();
        workers.add(start(name, "org.apache.spark.deploy.worker.Worker", "--cores", "1", "--memory", "2g", master()));
    }

    String master() {
        return "spark://" + HOST + ":" + port;
    }

    /** Kills a worker and its executor with SIGKILL, as a machine that loses its power. */
    void kill(int worker) throws InterruptedException {
        Process process = workers.get(worker);
        List<ProcessHandle> executors = process.descendants().toList();
        process.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** Whether a worker has begun an executor. */
    boolean works(int worker) {
        return workers.get(worker).descendants().findAny().isPresent();
    }

    /** What the executors have written to stderr. */
    String executorLogs() throws IOException {
        StringBuilder logs = new StringBuilder();
        try (var paths = Files.walk(home)) {
            for (Path path : paths.filter(file -> file.endsWith("stderr")).toList()) {
                logs.append(Files.readString(path));
            }
        }
        return logs.toString();
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>();
        workers.forEach(worker -> {
            all.add(worker.toHandle());
            worker.descendants().forEach(all::add);
        });
        all.add(master.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        master.waitFor(1, TimeUnit.MINUTES);
    }
}
