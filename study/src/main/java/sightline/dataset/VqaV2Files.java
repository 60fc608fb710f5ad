package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** VQAv2's two files, joined by question id. 214,354 questions of the val split take about 200 MB. */
final class VqaV2Files {
    private static final List<String> ANSWER_TYPES = List.of("other", "yes/no", "number");
    private static final String ID = Dataset.VQAV2.idField();

    private final Map<Long, Asked> questions = new LinkedHashMap<>();
    private final Set<Long> faultyQuestions = new HashSet<>();
    private final Ids annotated = new Ids();
    private final List<OfficialQuestion> samples = new ArrayList<>();
    private final List<OfficialQuestion> doubtful = new ArrayList<>();
    private final List<Skip> skipped = new ArrayList<>();
    private final Texts texts = new Texts();
    private final String questionsFile;

    private VqaV2Files(Path questions) {
        questionsFile = questions.toString();
    }

    private record Asked(String text, long imageId, int index) {}

    static OfficialQuestions read(Path annotations, Path questions) {
        VqaV2Files files = new VqaV2Files(questions);
        files.questions(questions);
        files.annotations(annotations);
        return new OfficialQuestions(files.samples, files.skipped, files.doubtful);
    }

    private void questions(Path file) {
        Ids ids = new Ids();
        JsonEntries.visit(file, "questions", (index, json) -> {
            try {
                Entry entry = Entry.of(file.toString(), index, "", json);
                long id = entry.id(ID);
                ids.add(entry, ID, id);
                faultyQuestions.add(id); // unless it comes through
                questions.put(id, new Asked(entry.question(), entry.id("image_id"), index));
                faultyQuestions.remove(id);
            } catch (Entry.Unusable e) {
                skipped.add(e.skip());
            }
        });
    }

    private void annotations(Path file) {
        Map<String, JsonNode> beside = JsonEntries.visit(file, "annotations", (index, json) -> {
            try {
                annotation(Entry.of(file.toString(), index, "", json));
            } catch (Entry.Unusable e) {
                skipped.add(e.skip());
            }
        });
        questions.forEach((id, question) -> {
            if (!annotated.contains(id)) {
                skipped.add(new Skip(questionsFile, question.index(), ID, "no annotation with this id: " + id));
            }
        });
        String subset =
                beside.containsKey("data_subtype") ? beside.get("data_subtype").asText() : ImageNames.PUBLISHED_SUBSET;
        ImageNames.requireSubset(file, subset);
        if (!subset.equals(ImageNames.PUBLISHED_SUBSET)) {
            samples.replaceAll(sample -> named(sample, ImageNames.coco(subset, sample.imageId())));
            doubtful.replaceAll(sample -> named(sample, ImageNames.coco(subset, sample.imageId())));
        }
    }

    private static OfficialQuestion named(OfficialQuestion sample, String image) {
        return new OfficialQuestion(
                sample.question().about(image),
                sample.imageId(),
                image,
                sample.groundTruths(),
                sample.place(),
                sample.questionFile());
    }

    private void annotation(Entry entry) throws Entry.Unusable {
        long id = entry.id(ID);
        annotated.add(entry, ID, id);
        if (faultyQuestions.contains(id)) {
            return; // said at the question
        }
        Asked question = questions.get(id);
        if (question == null) {
            throw entry.unusable(ID, "no question with this id: " + id);
        }
        long image = entry.id("image_id");
        String type = entry.oneOf("answer_type", ANSWER_TYPES);
        String file = ImageNames.coco(ImageNames.PUBLISHED_SUBSET, image);
        OfficialQuestion sample = new OfficialQuestion(
                new Question(Dataset.VQAV2, id, file, question.text(), List.of(), List.of(category(type))),
                image,
                file,
                entry.answers("answers", VqaAnswers.of(entry, "answers", texts)),
                entry.place("image_id"),
                questionsFile);
        if (image == question.imageId()) {
            samples.add(sample);
        } else {
            doubtful.add(sample);
            skipped.add(new Skip(
                    questionsFile,
                    question.index(),
                    "image_id",
                    "image_id of question and annotation differ: " + question.imageId() + " and " + image));
        }
    }

    /** The published files write the category without the slash. */
    static String category(String answerType) {
        return answerType.equals("yes/no") ? "yes_no" : answerType;
    }
}
