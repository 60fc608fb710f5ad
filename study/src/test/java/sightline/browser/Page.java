package sightline.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One page of a browser, with what it asked for and what went wrong in it. Selectors are CSS's. */
public final class Page implements AutoCloseable {
    /** Keys by the name that pages see: the code of the key, its number, and the text that it types. */
    private static final Map<String, Key> KEYS = Map.of(
            "Enter", new Key(13, "\r"),
            "Tab", new Key(9, ""),
            "Escape", new Key(27, ""),
            "Backspace", new Key(8, ""),
            "Home", new Key(36, ""),
            "End", new Key(35, ""),
            "ArrowLeft", new Key(37, ""),
            "ArrowUp", new Key(38, ""),
            "ArrowRight", new Key(39, ""),
            "ArrowDown", new Key(40, ""));

    private final DevTools tools;
    private final String context;
    private final String session;
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    private record Key(int number, String text) {}

    Page(DevTools tools, Viewport viewport) {
        this.tools = tools;
        context = tools.call(null, "Target.createBrowserContext", DevTools.parameters())
                .get("browserContextId")
                .asText();
        ObjectNode blank = DevTools.parameters("url", "about:blank", "browserContextId", context);
        String target =
                tools.call(null, "Target.createTarget", blank).get("targetId").asText();
        session = tools.call(null, "Target.attachToTarget", DevTools.parameters("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        tools.listen(session, this::hear);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable");
        }
        show(viewport);
    }

    private void hear(String event, JsonNode of) {
        switch (event) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.exceptionThrown" -> trouble.add(describe(of.get("exceptionDetails")));
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert")
                        .contains(of.get("type").asText())) {
                    trouble.add(of.get("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                JsonNode entry = of.get("entry");
                if (List.of("error", "warning").contains(entry.get("level").asText())) {
                    trouble.add(entry.get("text").asText());
                }
            }
            case "Page.javascriptDialogOpening" -> {
                trouble.add("dialog " + of.get("message").asText());
                var unused = tools.send(session, "Page.handleJavaScriptDialog", DevTools.parameters("accept", false));
            }
            case "Network.requestWillBeSent" -> {
                String url = of.get("request").get("url").asText();
                if (!url.startsWith("data:")) {
                    requests.add(url);
                }
            }
            default -> {}
        }
    }

    private static String describe(JsonNode exception) {
        return exception
                .path("exception")
                .path("description")
                .asText(exception.path("text").asText());
    }

    private JsonNode call(String method, Object... namesAndValues) {
        return tools.call(session, method, DevTools.parameters(namesAndValues));
    }

    /** Everything that should not happen: errors and warnings on the console, exceptions, dialogs. */
    public List<String> trouble() {
        return List.copyOf(trouble);
    }

    /** The addresses asked for since the page was opened, its own among them. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Shows the page on another screen. */
    public void show(Viewport viewport) {
        call(
                "Emulation.setDeviceMetricsOverride",
                "width",
                viewport.width(),
                "height",
                viewport.height(),
                "deviceScaleFactor",
                1,
                "mobile",
                false);
        Map<String, String> scheme =
                Map.of("name", "prefers-color-scheme", "value", viewport.dark() ? "dark" : "light");
        call("Emulation.setEmulatedMedia", "features", List.of(scheme));
    }

    /** Goes to an address and waits until all of it is loaded. */
    public void go(URI address) {
        load(address.toString(), () -> call("Page.navigate", "url", address.toString()));
    }

    /** Loads the page that is shown anew. */
    public void reload() {
        load("the page", () -> call("Page.reload"));
    }

    private void load(String what, Supplier<JsonNode> order) {
        loaded = new CompletableFuture<>();
        String failed = order.get().path("errorText").asText();
        if (!failed.isEmpty()) {
            throw new AssertionError(what + ": " + failed);
        }
        try {
            loaded.get(DevTools.PATIENCE, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(what + " did not load: " + trouble, e);
        }
    }

    /** The value of a JavaScript expression, waited for if it is a promise. */
    public JsonNode evaluate(String expression) {
        JsonNode result = call(
                "Runtime.evaluate",
                "expression",
                expression,
                "returnByValue",
                true,
                "awaitPromise",
                true,
                "userGesture",
                true);
        if (result.has("exceptionDetails")) {
            throw new AssertionError(describe(result.get("exceptionDetails")) + " in " + expression);
        }
        return result.get("result").path("value");
    }

    /** Waits until a JavaScript expression is true. */
    public void await(String expression) {
        await(expression, () -> evaluate("Boolean(" + expression + ")").booleanValue());
    }

    static void await(String what, BooleanSupplier holds) {
        long begin = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(DevTools.PATIENCE)) {
                throw new AssertionError("not so within " + DevTools.PATIENCE + " s: " + what);
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** The page's elements that a selector names, in its order; looked up anew at each use. */
    public Elements all(String selector) {
        return new Elements(this, "[...document.querySelectorAll(" + TextNode.valueOf(selector) + ")]");
    }

    /** Types text where the focus is. */
    public void type(String text) {
        call("Input.insertText", "text", text);
    }

    /** Types text where the focus is, letter by letter, as a hand does: the page sees each one before the next. */
    public void typeSlowly(String text) {
        text.codePoints().mapToObj(Character::toString).forEach(letter -> {
            call("Input.dispatchKeyEvent", "type", "keyDown", "key", letter, "text", letter);
            call("Input.dispatchKeyEvent", "type", "keyUp", "key", letter);
        });
    }

    /** Presses and releases a key, such as {@code ArrowRight}. */
    public void press(String name) {
        Key key = KEYS.get(name);
        if (key == null) {
            throw new IllegalArgumentException("no key " + name + " in " + KEYS.keySet());
        }
        for (String kind : List.of(key.text().isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    "type",
                    kind,
                    "key",
                    name,
                    "code",
                    name,
                    "windowsVirtualKeyCode",
                    key.number(),
                    "text",
                    kind.equals("keyUp") ? "" : key.text());
        }
    }

    /** Moves the mouse to a point of what is visible, in CSS pixels. */
    public void move(double x, double y) {
        mouse("mouseMoved", x, y, 0);
    }

    void click(double x, double y) {
        move(x, y);
        mouse("mousePressed", x, y, 1);
        mouse("mouseReleased", x, y, 1);
    }

    /** Presses the mouse at a point, moves it to another and lets go. */
    public void drag(double x, double y, double toX, double toY) {
        move(x, y);
        mouse("mousePressed", x, y, 1);
        mouse("mouseMoved", (x + toX) / 2, (y + toY) / 2, 1);
        mouse("mouseMoved", toX, toY, 1);
        mouse("mouseReleased", toX, toY, 1);
    }

    private void mouse(String kind, double x, double y, int clicks) {
        String button = clicks == 0 ? "none" : "left";
        call("Input.dispatchMouseEvent", "type", kind, "x", x, "y", y, "button", button, "clickCount", clicks);
    }

    /** Writes what is visible as PNG. */
    public void screenshot(Path file) {
        save(file, call("Page.captureScreenshot"));
    }

    /** Writes all of the page as PNG. */
    public void fullScreenshot(Path file) {
        JsonNode size = call("Page.getLayoutMetrics").get("cssContentSize");
        Map<String, Object> clip =
                Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
        save(file, call("Page.captureScreenshot", "captureBeyondViewport", true, "clip", clip));
    }

    private static void save(Path file, JsonNode picture) {
        try {
            Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tools.call(null, "Target.disposeBrowserContext", DevTools.parameters("browserContextId", context));
    }
}
