package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.error.InputException;

/** Visual7W's telling questions, nested in their pictures; only the test split. */
final class Visual7wFile {
    private static final List<String> SPLITS = List.of("train", "val", "test");
    private static final String TEST = "test";
    private static final int WRONG_CHOICES = 3;

    private final Map<Long, String> places = new HashMap<>();
    private final List<OfficialQuestion> samples = new ArrayList<>();
    private final List<Skip> skipped = new ArrayList<>();
    private boolean tested;

    private Visual7wFile() {}

    static OfficialQuestions read(Path file) {
        Visual7wFile reading = new Visual7wFile();
        JsonEntries.visit(file, "images", (index, json) -> {
            try {
                reading.image(Entry.of(file.toString(), index, "", json));
            } catch (Entry.Unusable e) {
                reading.skipped.add(e.skip());
            }
        });
        if (!reading.tested) {
            throw new InputException(
                    file.toString(),
                    "no image of split \"test\"",
                    "the file with all splits",
                    "Fetch dataset_v7w_telling.json");
        }
        return new OfficialQuestions(reading.samples, reading.skipped);
    }

    private void image(Entry image) throws Entry.Unusable {
        if (!image.has("split")) {
            throw new InputException(
                    image.file(),
                    "entry " + image.index()
                            + ": split missing, so it cannot be told which images belong to the test set",
                    "train, val or test",
                    "Fetch dataset_v7w_telling.json again");
        }
        if (!image.oneOf("split", SPLITS).equals(TEST)) {
            return;
        }
        tested = true;
        JsonNode pairs = image.list("qa_pairs");
        for (int i = 0; i < pairs.size(); i++) {
            try {
                samples.add(pair(image, Entry.of(image.file(), image.index(), "qa_pairs[" + i + "].", pairs.get(i))));
            } catch (Entry.Unusable e) {
                skipped.add(e.skip());
            }
        }
    }

    private OfficialQuestion pair(Entry image, Entry pair) throws Entry.Unusable {
        long id = pair.id(Dataset.VISUAL7W.idField());
        refuseTwice(pair, id);
        long imageId = pair.id("image_id");
        if (image.id("image_id") != imageId) {
            throw pair.unusable(
                    "image_id",
                    "image_id of the question and of its image differ: " + imageId + " and " + image.id("image_id"));
        }
        String answer = pair.text("answer");
        String name = ImageNames.visual7w(imageId);
        return new OfficialQuestion(
                new Question(
                        Dataset.VISUAL7W,
                        id,
                        name,
                        pair.question(),
                        choices(pair, answer),
                        List.of(pair.oneOf("type", Dataset.VISUAL7W.categories()))),
                imageId,
                name,
                List.of(GroundTruth.of(answer)),
                pair.place("image_id"),
                pair.file());
    }

    private void refuseTwice(Entry pair, long id) {
        String place = "entry " + pair.index() + ", " + pair.prefix() + "qa_id";
        String first = places.putIfAbsent(id, place);
        if (first != null) {
            throw new InputException(
                    pair.file(),
                    place + ": " + id + " is given twice, first at " + first,
                    "each id once",
                    "Remove one of the two");
        }
    }

    /** The right answer, then the wrong ones. */
    static List<String> choices(Entry pair, String answer) throws Entry.Unusable {
        String field = "multiple_choices";
        List<String> wrong = pair.texts(field);
        if (wrong.size() != WRONG_CHOICES) {
            throw pair.unusable(field, "three wrong choices expected, " + wrong.size() + " found");
        }
        if (wrong.contains(answer)) {
            throw pair.unusable(field, "a wrong choice equals the answer: \"" + answer + "\"");
        }
        List<String> choices = new ArrayList<>();
        choices.add(answer);
        choices.addAll(wrong);
        return choices;
    }
}
