package sightline.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import sightline.figure.PathwayLook;
import sightline.image.RgbImage;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.PictureTokens;
import sightline.knockout.RowReading;
import sightline.model.Processor;
import sightline.model.VisionLanguageModel;
import sightline.region.PatchGrid;
import sightline.run.KnownPathways;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.PromptFormat;
import sightline.text.WordPlaces;

/** What the page is told before anything is asked: the model, what can be set, examples, runs; a prompt's tokens. */
final class PageState {
    static final List<Integer> SIZES = List.of(1, 3, 5, 7, 9);

    private PageState() {}

    static ObjectNode of(Desk desk, Examples examples, RunShelf shelf) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", desk.status().name().toLowerCase(Locale.ROOT));
        json.put("error", desk.failure().orElse(null));
        json.set("model", desk.loaded().map(loaded -> model(desk, loaded)).orElse(null));
        ArrayNode prompts = json.putArray("prompts");
        for (String name : PromptFormat.names()) {
            prompts.addObject()
                    .put("name", name)
                    .put("choices", PromptFormat.of(name).choices());
        }
        ArrayNode maskings = json.putArray("maskings");
        for (Masking masking : Masking.values()) {
            maskings.add(masking.toString());
        }
        ArrayNode rows = json.putArray("rows");
        if (desk.loaded().stream()
                .noneMatch(
                        loaded -> loaded.model().shape().layersOf(Medium.IMAGE).isEmpty())) {
            for (RowReading reading : RowReading.values()) {
                rows.add(reading.toString());
            }
        }
        json.putObject("stages").<ObjectNode>set("curves", Stages.curves()).set("inside", Stages.inside());
        ArrayNode sizes = json.putArray("sizes");
        SIZES.forEach(sizes::add);
        ArrayNode sets = json.putArray("token_sets");
        Interventions.textSets().forEach(sets::add);
        json.set("pathways", pathways());
        json.set("examples", PageJson.tree(examples.all()));
        json.set("runs", shelf.json(desk));
        return json;
    }

    private static ObjectNode model(Desk desk, DeskModel loaded) {
        VisionLanguageModel model = loaded.model();
        ModelShape shape = model.shape();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(
                "name",
                desk.isDemo() ? "demo model" : loaded.folder().getFileName().toString());
        json.put("demo", desk.isDemo());
        json.put("layers", shape.layers());
        ArrayNode cross = json.putArray("cross");
        shape.layersOf(Medium.IMAGE).forEach(cross::add);
        json.put("heads", shape.heads());
        json.put("dtype", model.dtype().toString());
        json.put("device", loaded.loading().device().toString());
        json.put("parameters", model.config().parameters());
        return json;
    }

    /** The published ones as they look everywhere; the page draws others in grey. */
    private static ArrayNode pathways() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (String name : Interventions.PUBLISHED) {
            all.add(PathwayLook.json(KnownPathways.named(name, List.of(), 0, List.of()))); // whatever the layers
        }
        return all;
    }

    /** A prompt's tokens, each with its role. */
    static ObjectNode tokens(VisionLanguageModel model, Prompt prompt, RgbImage picture) {
        Processor processor = model.processor();
        PictureTokens seen = processor.tokens(processor.picture(picture));
        EncodedPrompt encoded = processor.prompt(prompt, WordPlaces.OPTIONS, seen);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode tokens = json.putArray("tokens");
        int[] ids = encoded.ids();
        for (int n = 0; n < ids.length; n++) {
            tokens.addObject()
                    .put("n", n)
                    .put("id", ids[n])
                    .put("text", processor.token(ids[n]))
                    .put("role", encoded.roles()[n].name().toLowerCase(Locale.ROOT));
        }
        return json;
    }

    /** How a model cuts a picture, and which vision token stands for which patch. */
    static ObjectNode layout(VisionLanguageModel model, RgbImage picture) {
        PatchGrid grid = model.processor().patches(picture.width(), picture.height());
        PictureTokens tokens = model.processor().tokens(model.processor().picture(picture));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("width", picture.width()).put("height", picture.height());
        json.put("tokens", tokens.all());
        json.put("patch_rows", grid.rows()).put("patch_columns", grid.columns());
        ArrayNode xs = json.putArray("x");
        for (int column = 0; column <= grid.columns(); column++) {
            xs.add(Math.max(0, Math.min(picture.width(), grid.xAt(column))));
        }
        ArrayNode ys = json.putArray("y");
        for (int row = 0; row <= grid.rows(); row++) {
            ys.add(Math.max(0, Math.min(picture.height(), grid.yAt(row))));
        }
        ArrayNode number = json.putArray("number");
        for (int row = 0; row < grid.rows(); row++) {
            ArrayNode line = number.addArray();
            for (int column = 0; column < grid.columns(); column++) {
                line.add(grid.token(row, column));
            }
        }
        ArrayNode classes = json.putArray("class_tokens");
        grid.classTokens(grid.whole()).stream().forEach(classes::add);
        return json;
    }
}
