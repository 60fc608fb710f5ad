package sightline.explore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;

/**
 * What a question is asked in, one request after the other, so that something is there early: each as the fields that its
 * request has beside wording and settings. The page is told them, and {@link OpeningView} asks the same without it.
 */
final class Stages {
    private Stages() {}

    /** The curves of all window sizes; the masking is added. */
    static ObjectNode curves() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("k", PageState.SIZES.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .put("top", "5")
                .put("decode", "0");
    }

    /** What is inside, with nothing cut. */
    static ObjectNode inside() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pathways", Interventions.BASELINE)
                .put("k", "1")
                .put("masking", Masking.PAPER.toString())
                .put("lens", true)
                .put("attention", true)
                .put("heads", "zero");
    }
}
