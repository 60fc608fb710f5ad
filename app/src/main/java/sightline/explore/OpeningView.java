package sightline.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.TreeMap;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.text.PromptFormat;

/** What the page shows when it is opened, asked without it: the first example, and the first run if there is one. */
final class OpeningView {
    private static final String FIRST = "e0";

    private final Desk desk;
    private final Questions questions;
    private final Pictures pictures;
    private final ObjectNode wording = JsonNodeFactory.instance.objectNode();
    private final ObjectNode asked = JsonNodeFactory.instance.objectNode();
    private final ArrayNode keys = JsonNodeFactory.instance.arrayNode();

    OpeningView(Desk desk, Questions questions, Pictures pictures, Examples.Example first) {
        this.desk = desk;
        this.questions = questions;
        this.pictures = pictures;
        wording.put("picture", FIRST).put("question", first.question()).put("prompt", first.prompt());
        first.choice().forEach(choice -> wording.withArrayProperty("choice").add(choice));
    }

    /**
     * What {@link OfflinePage} makes a page of.
     *
     * @param run whether there is one
     * @throws RequestRefusal if the model cannot be loaded, or does not answer
     */
    JsonNode view(boolean run) throws InterruptedException {
        for (Masking masking : Masking.values()) {
            ask(question().<ObjectNode>setAll(Stages.curves()).put("masking", masking.toString()));
        }
        ask(question().setAll(Stages.inside()));
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("address", run ? "#run=0" : "#").set("keys", keys);
        if (run) {
            view.put("run", 0);
        }
        ObjectNode tokens = view.putObject("tokens");
        tokens.set("asked", asked);
        JsonNode prompt = PageState.tokens(
                desk.require().model(),
                PromptFormat.of(wording.path("prompt").asText())
                        .fill(
                                wording.path("question").asText(),
                                wording.path("choice")
                                        .valueStream()
                                        .map(JsonNode::asText)
                                        .toList()),
                pictures.get(FIRST));
        tokens.putObject("replies").set("tokens " + same(wording), prompt);
        return view;
    }

    private ObjectNode question() {
        ObjectNode asks = wording.deepCopy();
        boolean reads = !desk.require().model().shape().layersOf(Medium.IMAGE).isEmpty();
        return reads ? asks.put("rows", RowReading.PAPER.toString()) : asks;
    }

    private void ask(ObjectNode body) throws InterruptedException {
        DeskJob job = questions.job(Asked.of(body));
        desk.submit(job);
        Optional<DeskJob.Event> event = Optional.empty();
        while (event.isEmpty() || !event.get().last()) {
            event = job.next(Long.MAX_VALUE);
        }
        JsonNode data = event.get().data();
        if (!data.has("key")) {
            throw new RequestRefusal(RequestRefusal.WRONG, data.path("message").asText());
        }
        keys.add(data.path("key"));
        asked.set(same(body), data.path("key"));
    }

    /** As the page tells one request from another: fields by name. */
    private static String same(ObjectNode body) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        body.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        sorted.forEach((name, value) -> all.addArray().add(name).add(value));
        return PageJson.line(all);
    }
}
