package sightline.explore;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import sightline.error.InputException;
import sightline.model.VisionLanguageModel;
import sightline.text.Prompt;
import sightline.text.PromptFormat;

/** What is answered at which path, and how what cannot be is refused. */
final class Routes {
    private static final int MOST_UPLOADS = 4;
    private static final long STATE_PATIENCE = 20_000;

    private final Guard guard;
    private final Desk desk;
    private final RunShelf shelf;
    private final SavedViews views;
    private final Examples examples = new Examples();
    private final Assets assets = new Assets();
    private final Pictures pictures;
    private final Questions questions;
    private final OfflinePage offline;
    private final Semaphore uploads = new Semaphore(MOST_UPLOADS);

    /** @param views where views are saved too */
    Routes(Guard guard, Desk desk, RunShelf shelf, SavedViews views) {
        this.guard = guard;
        this.desk = desk;
        this.shelf = shelf;
        this.views = views;
        this.pictures = new Pictures(examples, shelf);
        this.questions = new Questions(desk, pictures);
        this.offline = new OfflinePage(assets, questions, pictures, desk, shelf);
    }

    /** Adds them all. */
    void to(JavalinConfig config) {
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
        config.routes.post("/api/ask", request -> stream(request, questions.job(Asked.of(Requests.body(request)))));
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
                                request.pathParam("key"),
                                Requests.number(request, "token"),
                                Requests.number(request, "layer")))));
        config.routes.get("/api/results/{key}/says", this::says);
        config.routes.get(
                "/api/runs/{run}/samples", request -> json(request, shelf.samples(Requests.run(request), desk)));
        config.routes.get("/api/runs/{run}/report", request -> json(request, shelf.report(Requests.run(request))));
        config.routes.post("/api/export", request -> {
            String page = offline.html(Requests.body(request), state());
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
            if (!Requests.JSON.equals(request.res().getContentType())) {
                refuse(request, RequestRefusal.MISSING, "There is no such page.");
            }
        });
    }

    private static void refuse(Context request, int status, String why) {
        request.status(status);
        json(request, PageJson.line(Map.of("error", why)));
    }

    private static void json(Context request, String text) {
        request.contentType(Requests.JSON).result(text.getBytes(StandardCharsets.UTF_8));
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
            Pictures.Uploaded uploaded = pictures.add(Requests.bytes(request, Pictures.MOST_BYTES, "A picture"));
            json(request.status(HttpStatus.CREATED), PageJson.line(uploaded));
        } finally {
            uploads.release();
        }
    }

    private void tokens(Context request) throws IOException {
        JsonNode body = Requests.body(request);
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
                        Requests.number(request, "k"),
                        Requests.number(request, "layer"),
                        Requests.number(request, "most")));
    }

    private void stream(Context request, DeskJob job) throws InterruptedException {
        desk.require();
        int ahead = desk.submit(job);
        DeskJob.Event queued = new DeskJob.Event("queued", PageJson.tree(Map.of("ahead", ahead)), false);
        EventStream.tell(request, job, queued);
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
}
