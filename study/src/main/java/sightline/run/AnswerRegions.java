package sightline.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.dataset.AnswerPlaces;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.dataset.GroundTruths;
import sightline.dataset.OcrPage;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.region.PixelBox;

/** Where the pages of a dataset say the answers, by its OCR files. */
final class AnswerRegions {
    private AnswerRegions() {}

    /**
     * The region of each sample, by id; none if the plan asks for none.
     *
     * @throws InputException if the dataset has no OCR files, or the folder has none of these samples
     */
    static Map<Long, AnswerRegion> of(RunPlan plan, List<AnsweredQuestion> dataset) {
        if (!plan.settings().additions().answerRegion()) {
            return Map.of();
        }
        Path folder = plan.ocr().orElseThrow();
        if (plan.dataset() != Dataset.DOCVQA) {
            throw new InputException(
                    "--region", "is answer, but " + plan.dataset() + " has no OCR files", "docvqa", "Leave it out");
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    folder.toString(),
                    Files.exists(folder) ? "is a file" : "does not exist",
                    "the folder of DocVQA's OCR files",
                    "Check the path given to --ocr");
        }
        Map<Long, List<String>> truths = GroundTruths.byId(plan.dataset(), plan.samples());
        Map<String, List<AnsweredQuestion>> byPage = new LinkedHashMap<>(); // each page is read once, and forgotten
        dataset.forEach(sample -> byPage.computeIfAbsent(name(sample.image()), name -> new ArrayList<>())
                .add(sample));
        Map<Long, AnswerRegion> regions = new HashMap<>();
        boolean any = false;
        for (Map.Entry<String, List<AnsweredQuestion>> of : byPage.entrySet()) {
            Optional<OcrPage> page = page(folder, of.getKey());
            any |= page.isPresent();
            for (AnsweredQuestion sample : of.getValue()) {
                regions.put(
                        sample.id(),
                        page.map(read -> region(read, truths.getOrDefault(sample.id(), List.of())))
                                .orElseGet(() -> AnswerRegion.without("there is no " + of.getKey())));
            }
        }
        if (!any) {
            throw new InputException(
                    folder.toString(),
                    "holds no OCR file of these samples, such as "
                            + name(dataset.get(0).image()),
                    "the folder of DocVQA's OCR files",
                    "Check the path given to --ocr");
        }
        return regions;
    }

    /** {@code xnbl0037_1.png} -> {@code xnbl0037_1.json}. */
    private static String name(String image) {
        int dot = image.lastIndexOf('.');
        return (dot < 0 ? image : image.substring(0, dot)) + ".json";
    }

    private static Optional<OcrPage> page(Path folder, String name) {
        Path file = Folders.file(folder, name);
        return Files.exists(file) ? Optional.of(OcrPage.read(file)) : Optional.empty();
    }

    private static AnswerRegion region(OcrPage page, List<String> answers) {
        List<PixelBox> boxes = AnswerPlaces.of(page, answers);
        return boxes.isEmpty()
                ? AnswerRegion.without("the page does not say the answer in these words")
                : new AnswerRegion(boxes, page.width(), page.height(), "");
    }
}
