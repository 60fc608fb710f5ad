package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** VQAv2's files. */
final class VqaV2Form implements DatasetForm {
    @Override
    public OfficialQuestions official(Path annotations, Optional<Path> questions) {
        return VqaV2Files.read(annotations, questions.orElseThrow());
    }

    @Override
    public List<GroundTruth> truths(Entry entry, Texts texts) throws Entry.Unusable {
        return VqaAnswers.of(entry, "gt_answer", texts);
    }

    @Override
    public JsonNode json(List<GroundTruth> truths) {
        ArrayNode people = JsonNodeFactory.instance.arrayNode();
        truths.forEach(truth -> people.add(person(truth)));
        return people;
    }

    private static ObjectNode person(GroundTruth truth) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("answer", truth.text());
        if (!truth.confidence().isEmpty()) {
            json.put("answer_confidence", truth.confidence());
        }
        if (truth.answerId() >= 0) {
            json.put("answer_id", truth.answerId());
        }
        return json;
    }

    @Override
    public void addOfficial(ObjectNode json, OfficialQuestion official) {
        String image = official.question().image();
        json.put("answer_type", official.question().categories().get(0));
        json.put("image_id", official.imageId());
        if (!image.equals(ImageNames.coco(ImageNames.PUBLISHED_SUBSET, official.imageId()))) {
            json.put("image", image);
        }
    }

    @Override
    public String image(Entry entry) throws Entry.Unusable {
        return entry.has("image") // ours, where the picture is not of the published split
                ? ImageNames.lastPart(entry)
                : ImageNames.coco(ImageNames.PUBLISHED_SUBSET, entry.id("image_id"));
    }

    @Override
    public List<String> categories(Entry entry) throws Entry.Unusable {
        return List.of(entry.oneOf("answer_type", Dataset.VQAV2.categories()));
    }
}
