package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** DocVQA's files. */
final class DocVqaForm implements DatasetForm {
    @Override
    public OfficialQuestions official(Path annotations, Optional<Path> questions) {
        return DocVqaFile.read(annotations);
    }

    @Override
    public List<GroundTruth> truths(Entry entry, Texts texts) throws Entry.Unusable {
        return entry.texts("gt_answer").stream().map(GroundTruth::of).toList();
    }

    @Override
    public JsonNode json(List<GroundTruth> truths) {
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        truths.forEach(truth -> texts.add(truth.text()));
        return texts;
    }

    @Override
    public OptionalDouble score(Entry entry) throws Entry.Unusable {
        JsonNode score = entry.json().path("anls_score");
        if (score.isMissingNode()) {
            return OptionalDouble.empty();
        }
        if (!score.isNumber()) {
            throw entry.unusable("anls_score", "number expected, " + JsonEntries.kind(score) + " found");
        }
        return OptionalDouble.of(score.doubleValue());
    }

    @Override
    public void addOfficial(ObjectNode json, OfficialQuestion official) {
        ArrayNode types = json.putArray("question_types");
        official.question().categories().forEach(types::add);
        json.put("image", official.imageField());
    }

    @Override
    public String image(Entry entry) throws Entry.Unusable {
        return ImageNames.lastPart(entry);
    }

    @Override
    public List<String> categories(Entry entry) throws Entry.Unusable {
        return DocVqaFile.categories(entry);
    }
}
