package sightline.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
        master = start("master", HOST, "org.apache.spark.deploy.master.Master", "--port", "" + port);
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

    private Process start(String name, String host, String type, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("-Dspark.shuffle.service.enabled=false", type));
        command.addAll(List.of("--host", host, "--webui-port", "0"));
        command.addAll(List.of(more));
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("SPARK_LOCAL_IP", host);
        environment.put("SPARK_WORKER_DIR", home.resolve("work-" + name).toString());
        return files.java(name, environment, command);
    }

    /** What Spark's processes read. */
    Map<String, String> environment() {
        return Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", HOST);
    }

    /**
     * Starts one more with one core, as a machine of its own: Spark speculates on another host only. All addresses that begin
     * with 127 are loopback on Linux.
     */
    void addWorker() throws IOException {
        String name = "worker" + workers.size();
        String host = "127.0.0." + (2 + workers.size());
        String type = "org.apache.spark.deploy.worker.Worker";
        workers.add(start(name, host, type, "--cores", "1", "--memory", "2g", master()));
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

    /** Holds a worker's executors where they are. */
    void stop(int worker) throws Exception {
        signal("-STOP", worker);
    }

    /** Lets them go on. */
    void goOn(int worker) throws Exception {
        signal("-CONT", worker);
    }

    private void signal(String signal, int worker) throws Exception {
        for (ProcessHandle executor : workers.get(worker).descendants().toList()) {
            new ProcessBuilder("kill", signal, "" + executor.pid()).start().waitFor();
        }
    }

    /** The worker on which the last application's executor of this number runs: it has a folder there. */
    int workerOf(String executor) throws IOException {
        int found = -1;
        String last = "";
        for (int worker = 0; worker < workers.size(); worker++) {
            Path work = home.resolve("work-worker" + worker);
            try (Stream<Path> applications = Files.isDirectory(work) ? Files.list(work) : Stream.empty()) {
                for (Path application : applications.toList()) {
                    String name = application.getFileName().toString();
                    if (name.compareTo(last) > 0 && Files.isDirectory(application.resolve(executor))) {
                        last = name;
                        found = worker;
                    }
                }
            }
        }
        return found;
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
