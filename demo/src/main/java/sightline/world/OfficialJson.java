package sightline.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sightline.dataset.Dataset;
import sightline.world.DemoDatasets.Numbered;

/** The datasets' published layouts: names of files and fields. */
final class OfficialJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ABOUT = "Sightline's demo world: generated pictures and questions";
    /** Ids are made of a picture's and a question's number. */
    private static final int QUESTIONS_PER_PICTURE = 1000;

    private OfficialJson() {}

    static String annotations(Dataset style) {
        return switch (style) {
            case VQAV2 -> "v2_mscoco_val2014_annotations.json";
            case VISUAL7W -> "dataset_v7w_telling.json";
            case DOCVQA -> "val_v1.0_withQT.json";
        };
    }

    static Optional<String> questions(Dataset style) {
        return style == Dataset.VQAV2 ? Optional.of("v2_OpenEnded_mscoco_val2014_questions.json") : Optional.empty();
    }

    /** The name of a picture's file. */
    static String image(Dataset style, int number) {
        return switch (style) {
            case VQAV2 -> String.format(Locale.ROOT, "COCO_val2014_%012d.jpg", number);
            case VISUAL7W -> "v7w_" + number + ".jpg";
            case DOCVQA -> document(number) + "_1.png";
        };
    }

    private static String document(int number) {
        return String.format(Locale.ROOT, "demo%04d", number);
    }

    /** Contents by the files' names. */
    static Map<String, String> of(Dataset style, List<Numbered> scenes) {
        Map<String, String> files = new LinkedHashMap<>();
        switch (style) {
            case VQAV2 -> {
                files.put(questions(style).orElseThrow(), text(vqaQuestions(scenes)));
                files.put(annotations(style), text(vqaAnnotations(scenes)));
            }
            case VISUAL7W -> files.put(annotations(style), text(telling(scenes)));
            case DOCVQA -> files.put(annotations(style), text(documents(scenes)));
        }
        return files;
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }

    /** A question's id. */
    static long id(Numbered numbered, int question) {
        return (long) numbered.number() * QUESTIONS_PER_PICTURE + question;
    }

    private static ObjectNode vqa() {
        ObjectNode json = JSON.createObjectNode();
        json.putObject("info").put("description", ABOUT).put("version", "2.0");
        json.putObject("license").put("url", "").put("name", "Apache-2.0");
        return json.put("data_subtype", "val2014").put("data_type", "mscoco");
    }

    private static ObjectNode vqaQuestions(List<Numbered> scenes) {
        ObjectNode json = vqa().put("task_type", "Open-Ended");
        ArrayNode list = json.putArray("questions");
        for (Numbered numbered : scenes) {
            List<SceneQuestion> questions = numbered.scene().questions();
            for (int i = 0; i < questions.size(); i++) {
                list.addObject()
                        .put("image_id", numbered.number())
                        .put("question", questions.get(i).question())
                        .put("question_id", id(numbered, i));
            }
        }
        return json;
    }

    private static ObjectNode vqaAnnotations(List<Numbered> scenes) {
        ObjectNode json = vqa();
        ArrayNode list = json.putArray("annotations");
        for (Numbered numbered : scenes) {
            List<SceneQuestion> questions = numbered.scene().questions();
            for (int i = 0; i < questions.size(); i++) {
                SceneQuestion question = questions.get(i);
                List<String> answers = Annotators.answers(question);
                ObjectNode entry = list.addObject()
                        .put("question_type", Annotators.questionType(question))
                        .put("multiple_choice_answer", answers.get(0));
                ArrayNode people = entry.putArray("answers");
                for (int person = 0; person < answers.size(); person++) {
                    people.addObject()
                            .put("answer", answers.get(person))
                            .put("answer_confidence", Annotators.confidence(person))
                            .put("answer_id", person + 1);
                }
                String category = question.categories().get(0);
                entry.put("image_id", numbered.number())
                        .put("answer_type", category.equals("yes_no") ? "yes/no" : category)
                        .put("question_id", id(numbered, i));
            }
        }
        return json;
    }

    private static ObjectNode telling(List<Numbered> scenes) {
        ObjectNode json = JSON.createObjectNode().put("dataset", "visual7w");
        ArrayNode images = json.putArray("images");
        for (Numbered numbered : scenes) {
            ObjectNode image = images.addObject().put("split", "test").put("image_id", numbered.number());
            ArrayNode pairs = image.putArray("qa_pairs");
            List<SceneQuestion> questions = numbered.scene().questions();
            for (int i = 0; i < questions.size(); i++) {
                SceneQuestion question = questions.get(i);
                ObjectNode pair =
                        pairs.addObject().put("answer", question.answer()).put("image_id", numbered.number());
                ArrayNode wrong = pair.putArray("multiple_choices");
                question.choices().stream()
                        .filter(choice -> !choice.equals(question.answer()))
                        .forEach(wrong::add);
                pair.put("qa_id", id(numbered, i))
                        .put("question", question.question())
                        .put("type", question.categories().get(0));
            }
            image.put("filename", image(Dataset.VISUAL7W, numbered.number()));
        }
        return json;
    }

    private static ObjectNode documents(List<Numbered> scenes) {
        ObjectNode json = JSON.createObjectNode()
                .put("dataset_name", ABOUT)
                .put("dataset_version", "1.0")
                .put("dataset_split", "val");
        ArrayNode data = json.putArray("data");
        for (Numbered numbered : scenes) {
            List<SceneQuestion> questions = numbered.scene().questions();
            for (int i = 0; i < questions.size(); i++) {
                SceneQuestion question = questions.get(i);
                ObjectNode entry =
                        data.addObject().put("questionId", id(numbered, i)).put("question", question.question());
                ArrayNode types = entry.putArray("question_types");
                question.categories().forEach(types::add);
                entry.put("image", "documents/" + image(Dataset.DOCVQA, numbered.number()))
                        .put("docId", numbered.number())
                        .put("ucsf_document_id", document(numbered.number()))
                        .put("ucsf_document_page_no", "1");
                entry.putArray("answers").add(question.answer());
                entry.put("data_split", "val");
            }
        }
        return json;
    }
}
