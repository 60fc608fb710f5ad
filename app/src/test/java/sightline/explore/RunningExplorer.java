package sightline.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import sightline.model.LoadOptions;
import sightline.tensor.DType;

/** An explorer on the demo's model, and somebody who asks it. */
final class RunningExplorer implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE = 60_000;

    private final DemoFiles demo = new DemoFiles();
    private final Desk desk;
    private final Explorer explorer;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    RunningExplorer(Optional<String> token, List<Path> runs, List<Path> images) {
        this(token, runs, images, Optional.empty());
    }

    RunningExplorer(Optional<String> token, List<Path> runs, List<Path> images, Optional<Path> views) {
        this(Optional.empty(), token, runs, images, views);
    }

    /** On another model. */
    RunningExplorer(Path model) {
        this(Optional.of(model), Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    private RunningExplorer(
            Optional<Path> model, Optional<String> token, List<Path> runs, List<Path> images, Optional<Path> views) {
        desk = new Desk(model, demo, LoadOptions.defaults().withDType(DType.FLOAT32));
        explorer = Explorer.start(new Address("127.0.0.1", 0, false, token), desk, RunShelf.of(runs, images), views);
    }

    RunningExplorer() {
        this(Optional.empty(), List.of(), List.of());
    }

    Path checkpoint() {
        return demo.checkpoint();
    }

    String url() {
        return explorer.url();
    }

    int port() {
        return URI.create(explorer.url()).getPort();
    }

    RunningExplorer ready() throws InterruptedException {
        desk.await(PATIENCE);
        desk.require();
        return this;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofByteArray()).body();
    }

    JsonNode json(String path) throws IOException {
        return JSON.readTree(get(path).body());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** The last event's data of a question. */
    JsonNode ask(String body) throws IOException {
        String[] events = post("/api/ask", body).body().strip().split("\n\n", -1);
        String last = events[events.length - 1];
        return JSON.readTree(last.substring(last.indexOf("data: ") + 6));
    }

    Optional<String> saveOpening() throws IOException, InterruptedException {
        return explorer.saveOpening();
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        explorer.close();
        desk.close();
        demo.close();
    }
}
