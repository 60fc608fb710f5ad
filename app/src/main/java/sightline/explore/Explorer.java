package sightline.explore;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import sightline.error.InputException;
import sightline.model.VisionLanguageModel;
import sightline.text.Prompt;
import sightline.text.PromptFormat;

/** The server behind the page. */
final class Explorer implements AutoCloseable {
    private static final int MOST_JSON = 256 << 10;
    private static final int MOST_UPLOADS = 4;
    private static final long STATE_PATIENCE = 20_000;
    private static final String JSON = "application/json";

    private final Address address;
    private final Desk desk;
    private final RunShelf shelf;
    private final SavedViews views;
    private final Examples examples = new Examples();
    private final Assets assets = new Assets();
    private final Pictures pictures;
    private final Questions questions;
    private final OfflinePage offline;
    private final Guard guard;
    private final Semaphore uploads = new Semaphore(MOST_UPLOADS);
    private final CountDownLatch ended = new CountDownLatch(1);
    private Javalin server;

    private Explorer(Address address, Desk desk, RunShelf shelf, Optional<Path> views) {
        this.address = address;
        this.desk = desk;
        this.shelf = shelf;
        this.views = new SavedViews(views);
        this.pictures = new Pictures(examples, shelf);
        this.questions = new Questions(desk, pictures);
        this.offline = new OfflinePage(assets, questions, pictures, desk, shelf);
        this.guard = new Guard(address);
    }

    /**
     * Begins to answer.
     *
     * @param views where views are saved too, if anywhere
     * @throws InputException if the address is taken
     */
    static Explorer start(Address address, Desk desk, RunShelf shelf, Optional<Path> views) {
        Explorer explorer = new Explorer(address, desk, shelf, views);
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
            routes(config);
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

    private void routes(JavalinConfig config) {
        config.routes.before(guard::check);
        config.routes.get("/", request -> asset(request, Assets.PAGE));
        config.routes.get("/assets/{name}", request -> asset(request, request.pathParam("name")));
        config.routes.get("/api/state", this::state);
        config.routes.post("/api/pictures", this::upload);
        config.routes.get("/api/pictures/{id}", request -> request.contentType("image/png")
                .result(Pictures.png(pictures.get(request.pathParam("id")))));
        config.routes.get(
                "/api/pictures/{id}/layout",
                request ->
                        json(request, PageJson.line(PageState.layout(model(), pictures.get(request.pathParam("id"))))));
        config.routes.post("/api/tokens", this::tokens);
        config.routes.post("/api/ask", request -> stream(request, questions.job(Asked.of(body(request)))));
        config.routes.get(
                "/api/results/{key}",
                request -> json(
                        request,
                        PageJson.line(questions.result(request.pathParam("key")).data())));
        config.routes.get(
                "/api/results/{key}/attention",
                request -> json(
                        request,
                        PageJson.line(questions.attention(
                                request.pathParam("key"), number(request, "token"), number(request, "layer")))));
        config.routes.get("/api/results/{key}/says", this::says);
        config.routes.get("/api/runs/{run}/samples", request -> json(request, shelf.samples(run(request), desk)));
        config.routes.get("/api/runs/{run}/report", request -> json(request, shelf.report(run(request))));
        config.routes.post("/api/export", request -> {
            String page = offline.html(body(request), state());
            views.save(page).ifPresent(name -> request.header("Sightline-Saved", name));
            request.header("Content-Disposition", "attachment; filename=\"sightline.html\"");
            request.contentType("text/html; charset=utf-8").result(page);
        });
        config.routes.exception(RequestRefusal.class, (e, request) -> refuse(request, e.status(), e.getMessage()));
        config.routes.exception(
                InputException.class, (e, request) -> refuse(request, RequestRefusal.WRONG, e.getMessage()));
        config.routes.exception(
                IOException.class,
                (e, request) -> refuse(request, RequestRefusal.WRONG, "The request ended too early."));
        config.routes.exception(
                Exception.class,
                (e, request) -> refuse(
                        request,
                        HttpStatus.INTERNAL_SERVER_ERROR.getCode(),
                        "This cannot be answered, by a fault of the explorer."));
        config.routes.error(HttpStatus.NOT_FOUND.getCode(), request -> {
            if (!JSON.equals(request.res().getContentType())) {
                refuse(request, RequestRefusal.MISSING, "There is no such page.");
            }
        });
    }

    private static void refuse(Context request, int status, String why) {
        request.status(status);
        json(request, PageJson.line(Map.of("error", why)));
    }

    private static void json(Context request, String text) {
        request.contentType(JSON).result(text.getBytes(StandardCharsets.UTF_8));
    }

    private void asset(Context request, String name) {
        request.contentType(Assets.type(name) + "; charset=utf-8").result(assets.text(name));
    }

    private String state() {
        return PageJson.line(PageState.of(desk, examples, shelf));
    }

    private void state(Context request) throws InterruptedException {
        if (request.queryParam("wait") != null) {
            desk.await(STATE_PATIENCE);
        }
        json(request, state());
    }

    private VisionLanguageModel model() {
        return desk.require().model();
    }

    private void upload(Context request) throws IOException {
        if (!Optional.ofNullable(request.contentType()).orElse("").startsWith("image/")) {
            throw new RequestRefusal(
                    RequestRefusal.WRONG_KIND, "A picture comes as image/png, image/jpeg or another image type.");
        }
        if (!uploads.tryAcquire()) {
            throw new RequestRefusal(RequestRefusal.BUSY, "Other pictures are being read. Try again.");
        }
        try {
            Pictures.Uploaded uploaded = pictures.add(bytes(request, Pictures.MOST_BYTES, "A picture"));
            json(request.status(HttpStatus.CREATED), PageJson.line(uploaded));
        } finally {
            uploads.release();
        }
    }

    private static JsonNode body(Context request) throws IOException {
        if (!Optional.ofNullable(request.contentType()).orElse("").startsWith(JSON)) {
            throw new RequestRefusal(RequestRefusal.WRONG_KIND, "A question comes as " + JSON + ".");
        }
        return PageJson.read(bytes(request, MOST_JSON, "A question"));
    }

    private static byte[] bytes(Context request, int most, String what) throws IOException {
        if (request.req().getContentLengthLong() > most) {
            throw new RequestRefusal(RequestRefusal.TOO_LARGE, what + " has at most " + most + " bytes.");
        }
        try (InputStream in = request.req().getInputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new RequestRefusal(RequestRefusal.TOO_LARGE, what + " has at most " + most + " bytes.");
            }
            return bytes;
        }
    }

    private void tokens(Context request) throws IOException {
        JsonNode body = body(request);
        PromptFormat format = PromptFormat.of(body.path("prompt").asText("plain"));
        List<String> choices = new ArrayList<>();
        body.path("choice").forEach(choice -> choices.add(choice.asText()));
        Prompt prompt = format.fill(body.path("question").asText(""), choices);
        json(
                request,
                PageJson.line(PageState.tokens(
                        model(), prompt, pictures.get(body.path("picture").asText("e0")))));
    }

    private void says(Context request) throws InterruptedException {
        stream(
                request,
                questions.says(
                        request.pathParam("key"),
                        Optional.ofNullable(request.queryParam("pathway")).orElse(""),
                        number(request, "k"),
                        number(request, "layer"),
                        number(request, "most")));
    }

    private void stream(Context request, DeskJob job) throws InterruptedException {
        desk.require();
        int ahead = desk.submit(job);
        DeskJob.Event queued = new DeskJob.Event("queued", PageJson.tree(Map.of("ahead", ahead)), false);
        EventStream.tell(request, job, queued);
    }

    private static int run(Context request) {
        return whole(request.pathParam("run"), "The run");
    }

    private static int number(Context request, String name) {
        return whole(Optional.ofNullable(request.queryParam(name)).orElse(""), name);
    }

    private static int whole(String text, String what) {
        if (!text.matches("[0-9]{1,7}")) {
            throw new RequestRefusal(RequestRefusal.WRONG, what + " is no number.");
        }
        return Integer.parseInt(text);
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
        if (views.isEmpty()) {
            return Optional.empty();
        }
        desk.await(Long.MAX_VALUE);
        desk.require();
        OpeningView opening =
                new OpeningView(desk, questions, pictures, examples.all().get(0));
        return views.save(offline.html(opening.view(!shelf.isEmpty()), state()));
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
