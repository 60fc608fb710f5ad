package sightline.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import sightline.figure.PageParts;
import sightline.image.RgbImage;
import sightline.model.VisionLanguageModel;

/** A view of the page in one file that opens without a server: scripts, results, pictures and attention in it. */
final class OfflinePage {
    private static final int MOST_RESULTS = 48;

    private final Assets assets;
    private final Questions questions;
    private final Pictures pictures;
    private final Desk desk;
    private final RunShelf shelf;

    OfflinePage(Assets assets, Questions questions, Pictures pictures, Desk desk, RunShelf shelf) {
        this.assets = assets;
        this.questions = questions;
        this.pictures = pictures;
        this.desk = desk;
        this.shelf = shelf;
    }

    /**
     * The file.
     *
     * @param view the fragment of its address, the keys of the results in it, and the number of the run that is open
     * @param state as the page is told it
     */
    String html(JsonNode view, String state) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("address", view.path("address").asText(""));
        data.putRawValue("state", new RawValue(state));
        ArrayNode results = data.putArray("results");
        ObjectNode attention = data.putObject("attention");
        Set<String> shown = new LinkedHashSet<>();
        for (JsonNode key : view.path("keys")) {
            if (results.size() == MOST_RESULTS) {
                throw new RequestRefusal(RequestRefusal.WRONG, "A file takes at most " + MOST_RESULTS + " results.");
            }
            add(questions.result(key.asText()), results, attention, shown);
        }
        for (JsonNode key : view.path("more")) { // not shown, but at hand: as many as there is room for
            if (results.size() < MOST_RESULTS) {
                questions.kept(key.asText()).ifPresent(result -> add(result, results, attention, shown));
            }
        }
        VisionLanguageModel model = desk.require().model();
        ObjectNode seen = data.putObject("pictures");
        for (String name : shown) {
            RgbImage picture = pictures.get(name);
            ObjectNode one = seen.putObject(name);
            one.put("url", "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.png(picture)));
            one.set("layout", PageState.layout(model, picture));
        }
        data.set("tokens", view.path("tokens"));
        if (view.path("run").isInt()) {
            int number = view.path("run").intValue();
            data.putObject("run")
                    .put("number", number)
                    .putRawValue("samples", new RawValue(shelf.samples(number, desk)))
                    .putRawValue("report", new RawValue(shelf.report(number)));
        }
        return page(PageJson.line(data));
    }

    private void add(Questions.Result result, ArrayNode results, ObjectNode attention, Set<String> shown) {
        results.add(result.data());
        shown.add(result.asked().picture());
        attention(attention.putObject(result.key()), result);
    }

    /** Of every read-out row and layer. */
    private void attention(ObjectNode all, Questions.Result result) {
        if (!result.outcome().trace().inside().attention().isEmpty()) {
            for (int token = 0; token < result.outcome().answer().tokens().length; token++) {
                for (int layer = 0; layer < result.outcome().shape().layers(); layer++) {
                    all.set(token + "-" + layer, questions.attention(result.key(), token, layer));
                }
            }
        }
    }

    private String page(String data) {
        String script = Assets.SCRIPTS.stream()
                .map(assets::text)
                .map(PageParts::classic)
                .collect(Collectors.joining("\n"));
        return assets.text(Assets.PAGE)
                .replaceAll("(?m)^<link rel=\"stylesheet\".*\n", "")
                .replaceAll("(?m)^<script .*</script>\n", "")
                .replace(
                        "</head>",
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                                + " 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:\">\n<style>\n"
                                + assets.text("evidence.css") + assets.text("explore.css") + "</style></head>")
                .replace(
                        "</body>",
                        "<script type=\"application/json\" id=\"offline\">" + data.replace("<", "\\u003c")
                                + "</script>\n<script>\n" + PageParts.inScript(assets.text("echarts.js"))
                                + "</script>\n<script type=\"module\">\n"
                                + PageParts.inScript(PageParts.classic(assets.text("evidence.js")) + script)
                                + "</script></body>");
    }
}
