package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import sightline.run.InterventionFacts;

/** How a pathway looks, for the scripts of pages. */
public final class PathwayLook {
    private PathwayLook() {}

    /** Its id, name, colours, line and mark; whether it cuts the picture alone. */
    public static ObjectNode json(InterventionFacts facts) {
        PathwayStyle style = PathwayStyle.of(facts);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", facts.name()).put("name", style.label());
        json.put("cross", facts.cutsImageAlone());
        json.put("light", Palette.hex(style.light())).put("dark", Palette.hex(style.dark()));
        json.put("width", style.width());
        json.put(
                "mark",
                style.mark() == Mark.SQUARE ? "rect" : style.mark().name().toLowerCase(Locale.ROOT));
        ArrayNode dash = json.putArray("dash");
        for (double length : style.dash()) {
            dash.add(length);
        }
        return json;
    }
}
