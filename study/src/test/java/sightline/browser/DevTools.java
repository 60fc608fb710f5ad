package sightline.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Chromium's DevTools protocol over two pipes: JSON messages, each ended by a zero byte. Commands have a number, which
 * their answers bear; everything else is an event. Both belong to a session, one for each page.
 */
final class DevTools {
    /** In seconds. Guards against a browser that hangs; nothing is measured by it. */
    static final int PATIENCE = 180;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream commands;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, JsonNode>> listeners = new ConcurrentHashMap<>();
    private volatile boolean ended;

    DevTools(InputStream answers, OutputStream commands) {
        this.commands = commands;
        Thread reader = new Thread(() -> read(new BufferedInputStream(answers)), "browser");
        reader.setDaemon(true);
        reader.start();
    }

    /** Parameters of a command, from names and values in turn. */
    static ObjectNode parameters(Object... namesAndValues) {
        ObjectNode node = JSON.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            node.set((String) namesAndValues[i], JSON.valueToTree(namesAndValues[i + 1]));
        }
        return node;
    }

    /** Hears of a session's events, by method and parameters, on the reading thread: it must not wait for answers. */
    void listen(String session, BiConsumer<String, JsonNode> listener) {
        listeners.put(session, listener);
    }

    /** Sends a command without waiting for its answer; {@code session} is null for the browser itself. */
    CompletableFuture<JsonNode> send(String session, String method, ObjectNode parameters) {
        ObjectNode message =
                JSON.createObjectNode().put("id", last.incrementAndGet()).put("method", method);
        message.set("params", parameters);
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(message.get("id").intValue(), answer);
        try {
            synchronized (commands) {
                commands.write(message.toString().getBytes(StandardCharsets.UTF_8));
                commands.write(0);
                commands.flush();
            }
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
        if (ended) {
            failOpen();
        }
        return answer;
    }

    /** Sends a command and waits for its answer. */
    JsonNode call(String session, String method, ObjectNode parameters) {
        try {
            return send(session, method, parameters).get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(
                    "the browser did not do " + method + ": " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new AssertionError("the browser did not answer " + method + " in " + PATIENCE + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void read(InputStream answers) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            for (int b = answers.read(); b >= 0; b = answers.read()) {
                if (b != 0) {
                    message.write(b);
                    continue;
                }
                take(JSON.readTree(message.toByteArray()));
                message.reset();
            }
        } catch (IOException e) {
            // As good as the end.
        }
        ended = true;
        failOpen();
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = open.remove(message.get("id").intValue());
            if (answer != null && message.has("error")) {
                answer.completeExceptionally(
                        new IOException(message.get("error").toString()));
            } else if (answer != null) {
                answer.complete(message.path("result"));
            }
            return;
        }
        BiConsumer<String, JsonNode> listener =
                listeners.get(message.path("sessionId").asText());
        if (listener != null) {
            listener.accept(message.get("method").asText(), message.path("params"));
        }
    }

    private void failOpen() {
        for (CompletableFuture<JsonNode> answer : open.values()) {
            answer.completeExceptionally(new IOException("the browser has ended"));
        }
    }
}
