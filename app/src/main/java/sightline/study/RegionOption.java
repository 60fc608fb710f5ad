package sightline.study;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.option.Options;

/** Which part of each page is cut. */
final class RegionOption {
    @Option(
            names = "--region",
            paramLabel = "answer",
            description =
                    "answer: also cut the place on the page that says the answer, in all layers at once. Of DocVQA"
                            + " alone; needs --ocr.")
    private String region;

    @Option(
            names = "--ocr",
            paramLabel = "DIR",
            description = "The folder of DocVQA's official OCR files, by which --region answer finds that place.")
    private Path ocr;

    /** The folder of OCR files; empty if no region is asked for. */
    Optional<Path> ocr() {
        boolean asked = region != null && Options.oneOf("--region", region, Map.of("answer", true));
        if (asked != (ocr != null)) {
            throw new InputException(
                    asked ? "--region" : "--ocr",
                    asked ? "is answer, but there is no --ocr" : "is given without --region answer",
                    "both or neither",
                    asked ? "Give the folder of the dataset's OCR files" : "Leave it out, or add --region answer");
        }
        return Optional.ofNullable(ocr).map(path -> Options.path("--ocr", path));
    }
}
