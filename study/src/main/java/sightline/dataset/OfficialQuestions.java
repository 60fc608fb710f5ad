package sightline.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.error.InputException;
import sightline.files.Folders;

/**
 * The questions of an official file.
 *
 * @param samples in the order of the annotations
 * @param skipped entries that could not be used
 * @param doubtful VQAv2 questions, skipped already, for which the two files name different pictures; a picture that is
 *     missing tells which file is wrong
 */
public record OfficialQuestions(List<OfficialQuestion> samples, List<Skip> skipped, List<OfficialQuestion> doubtful) {
    public OfficialQuestions {
        samples = List.copyOf(samples);
        skipped = List.copyOf(skipped);
        doubtful = List.copyOf(doubtful);
    }

    /** Questions of a single file. */
    public OfficialQuestions(List<OfficialQuestion> samples, List<Skip> skipped) {
        this(samples, skipped, List.of());
    }

    /**
     * Only the questions whose picture is there; the others are skipped.
     *
     * @throws InputException if the folder does not exist, or holds none of the pictures
     */
    public OfficialQuestions withImagesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    folder.toString(),
                    Files.exists(folder) ? "is a file" : "does not exist",
                    "the folder with the pictures",
                    "Check the name");
        }
        Map<String, Boolean> there = new HashMap<>(); // many questions share a picture
        List<OfficialQuestion> found = new ArrayList<>();
        List<Skip> skips = new ArrayList<>(skipped);
        for (OfficialQuestion sample : samples) {
            if (there.computeIfAbsent(sample.image(), name -> isThere(folder, name))) {
                found.add(sample);
            } else {
                skips.add(missing(sample, folder));
            }
        }
        doubtful.stream()
                .filter(sample -> !isThere(folder, sample.image()))
                .forEach(sample -> skips.add(missing(sample, folder)));
        if (found.isEmpty() && !samples.isEmpty()) {
            throw new InputException(
                    folder.toString(),
                    "holds none of the " + there.size() + " pictures, for example not "
                            + samples.get(0).image(),
                    "the pictures themselves in this folder, not in folders below it",
                    "Check that the folder and the questions are of the same dataset and split");
        }
        return new OfficialQuestions(found, skips);
    }

    private static boolean isThere(Path folder, String name) {
        try {
            return Files.isRegularFile(Folders.file(folder, name));
        } catch (InputException e) {
            return false; // said when it is skipped
        }
    }

    private static Skip missing(OfficialQuestion sample, Path folder) {
        String problem;
        try {
            problem = "image " + sample.image() + " not found; tried " + Folders.file(folder, sample.image());
        } catch (InputException e) {
            problem = e.problem() + "; " + e.nextStep();
        }
        return sample.place().skip(problem);
    }

    /**
     * Refuses skipped entries.
     *
     * @throws InputException naming the first
     */
    public void requireNoSkips() {
        requireNone(skipped);
    }

    /** The same for the skips of another file. */
    public static void requireNone(List<Skip> skips) {
        if (!skips.isEmpty()) {
            Skip first = skips.get(0);
            String others = skips.size() > 1 ? " (and " + (skips.size() - 1) + " more entries are faulty)" : "";
            throw new InputException(
                    first.file(),
                    "entry " + first.entry() + (first.field().isEmpty() ? "" : ", " + first.field()) + ": "
                            + first.problem() + others,
                    "",
                    "Mend the file, or skip such entries by leaving out --strict");
        }
    }
}
