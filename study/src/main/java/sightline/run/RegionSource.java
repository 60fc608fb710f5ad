package sightline.run;

import java.nio.file.Path;
import java.util.Objects;

/** What tells where a picture shows a sample's answer. */
public sealed interface RegionSource {
    /**
     * OCR files, by which the words of a ground-truth answer are found.
     *
     * @param folder one file a page
     */
    record Ocr(Path folder) implements RegionSource {
        public Ocr {
            Objects.requireNonNull(folder);
        }
    }

    /**
     * Boxes, as {@link sightline.dataset.BoxFile} reads them.
     *
     * @param file of all questions
     */
    record Boxes(Path file) implements RegionSource {
        public Boxes {
            Objects.requireNonNull(file);
        }
    }
}
