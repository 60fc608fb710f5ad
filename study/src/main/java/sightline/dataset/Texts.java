package sightline.dataset;

import java.util.HashMap;
import java.util.Map;

/** Keeps one copy of each text: millions of answers are "yes". */
final class Texts {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<GroundTruth, GroundTruth> answers = new HashMap<>();

    String one(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }

    GroundTruth one(GroundTruth answer) {
        return answers.computeIfAbsent(answer, same -> same);
    }
}
