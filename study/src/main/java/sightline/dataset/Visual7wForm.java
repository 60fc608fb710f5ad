package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Visual7W's files. */
final class Visual7wForm implements DatasetForm {
    @Override
    public OfficialQuestions official(Path annotations, Optional<Path> questions) {
        return Visual7wFile.read(annotations);
    }

    @Override
    public List<GroundTruth> truths(Entry entry, Texts texts) throws Entry.Unusable {
        return List.of(GroundTruth.of(entry.text("gt_answer")));
    }

    @Override
    public JsonNode json(List<GroundTruth> truths) {
        return JsonNodeFactory.instance.textNode(truths.get(0).text());
    }

    @Override
    public List<String> answerCategories(Entry entry) throws Entry.Unusable {
        return List.of(entry.oneOf("q_type", Dataset.VISUAL7W.categories()));
    }

    @Override
    public List<String> answerChoices(Entry entry) throws Entry.Unusable {
        return entry.has("choices") ? entry.texts("choices") : List.of();
    }

    @Override
    public void addAnswered(ObjectNode json, Question question) {
        json.put("q_type", question.categories().get(0));
    }

    @Override
    public void addOfficial(ObjectNode json, OfficialQuestion official) {
        json.put("image_id", official.imageId());
        ArrayNode wrong = json.putArray("multiple_choices");
        official.question().choices().stream().skip(1).forEach(wrong::add);
        json.put("type", official.question().categories().get(0));
    }

    @Override
    public String image(Entry entry) throws Entry.Unusable {
        return ImageNames.visual7w(entry.id("image_id"));
    }

    @Override
    public List<String> categories(Entry entry) throws Entry.Unusable {
        return List.of(entry.oneOf("type", Dataset.VISUAL7W.categories()));
    }

    @Override
    public ShownChoices choices(Entry entry, long id) throws Entry.Unusable {
        List<String> official = Visual7wFile.choices(entry, entry.text("gt_answer"));
        if (!entry.has("choices")) {
            return new ShownChoices(ChoiceOrder.shuffled(official, 0, id), true);
        }
        List<String> shown = entry.texts("choices");
        if (!shown.stream().sorted().toList().equals(official.stream().sorted().toList())) {
            throw entry.unusable("choices", "not the right answer and multiple_choices in some order");
        }
        return new ShownChoices(shown, false);
    }
}
