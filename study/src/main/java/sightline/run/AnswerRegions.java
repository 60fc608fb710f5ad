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
import sightline.dataset.BoxFile;
import sightline.dataset.Dataset;
import sightline.dataset.GroundTruths;
import sightline.dataset.OcrPage;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.region.PixelBox;

/** Where the pictures of a dataset show the answers, by its OCR files or by boxes. */
final class AnswerRegions {
    private AnswerRegions() {}

    /**
     * The region of each sample, by id; none if the plan asks for none.
     *
     * @throws InputException if a file cannot be used, or tells of none of these samples
     */
    static Map<Long, AnswerRegion> of(RunPlan plan, List<AnsweredQuestion> dataset) {
        if (!plan.settings().additions().answerRegion()) {
            return Map.of();
        }
        return plan.region().orElseThrow() instanceof RegionSource.Boxes boxes
                ? ofBoxes(boxes.file(), dataset)
                : ofPages(((RegionSource.Ocr) plan.region().orElseThrow()).folder(), plan, dataset);
    }

    private static Map<Long, AnswerRegion> ofBoxes(Path file, List<AnsweredQuestion> dataset) {
        Map<Long, List<PixelBox>> boxes = BoxFile.read(file);
        Map<Long, AnswerRegion> regions = new HashMap<>();
        for (AnsweredQuestion sample : dataset) {
            List<PixelBox> its = boxes.getOrDefault(sample.id(), List.of());
            regions.put(
                    sample.id(),
                    its.isEmpty() ? AnswerRegion.without("there is no box of it") : new AnswerRegion(its, 0, 0, ""));
        }
        if (dataset.stream().noneMatch(sample -> boxes.containsKey(sample.id()))) {
            throw new InputException(
                    file.toString(),
                    "holds none of these questions, such as " + dataset.get(0).id(),
                    "boxes by the ids of the dataset's questions",
                    "Check the path given to --boxes");
        }
        return regions;
    }

    private static Map<Long, AnswerRegion> ofPages(Path folder, RunPlan plan, List<AnsweredQuestion> dataset) {
        if (plan.dataset() != Dataset.DOCVQA) {
            throw new InputException(
                    "--ocr", "is given, but " + plan.dataset() + " has no OCR files", "--boxes", "Give boxes instead");
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
