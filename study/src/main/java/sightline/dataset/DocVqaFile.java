package sightline.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** DocVQA's file with question types ({@code val_v1.0_withQT.json}). */
final class DocVqaFile {
    /** The official question types, of which the published study leaves out the two about pictures. */
    private static final List<String> TYPES = List.of(
            "layout",
            "table/list",
            "form",
            "Yes/No",
            "handwritten",
            "free_text",
            "others",
            "figure/diagram",
            "Image/Photo");

    private DocVqaFile() {}

    static OfficialQuestions read(Path file) {
        List<OfficialQuestion> samples = new ArrayList<>();
        List<Skip> skipped = new ArrayList<>();
        Ids ids = new Ids();
        JsonEntries.visit(file, "data", (index, json) -> {
            try {
                samples.add(sample(Entry.of(file.toString(), index, "", json), ids));
            } catch (Entry.Unusable e) {
                skipped.add(e.skip());
            }
        });
        return new OfficialQuestions(samples, skipped);
    }

    private static OfficialQuestion sample(Entry entry, Ids ids) throws Entry.Unusable {
        long id = entry.id(Dataset.DOCVQA.idField());
        ids.add(entry, Dataset.DOCVQA.idField(), id);
        String question = entry.question();
        List<String> categories = categories(entry);
        String image = ImageNames.lastPart(entry);
        return new OfficialQuestion(
                new Question(Dataset.DOCVQA, id, image, question, List.of(), categories),
                -1,
                entry.text("image"),
                entry.answers(
                        "answers",
                        entry.texts("answers").stream().map(GroundTruth::of).toList()),
                entry.place("image"),
                entry.file());
    }

    /** At least one, all known. */
    static List<String> categories(Entry entry) throws Entry.Unusable {
        String field = "question_types";
        List<String> types = entry.texts(field);
        if (types.isEmpty()) {
            throw entry.unusable(field, "no category, so it belongs to no curve");
        }
        for (int i = 0; i < types.size(); i++) {
            if (!TYPES.contains(types.get(i))) {
                throw entry.unusable(
                        field + "[" + i + "]",
                        "unknown category \"" + types.get(i) + "\"; known: " + String.join(", ", TYPES));
            }
        }
        return types;
    }
}
