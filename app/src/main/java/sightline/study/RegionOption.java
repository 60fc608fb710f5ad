package sightline.study;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.option.Options;
import sightline.run.RegionSource;
import sightline.run.TraceAdditions;

/** Which part of each picture is cut. */
final class RegionOption {
    @Option(
            names = "--region",
            paramLabel = "answer",
            description =
                    "answer: also cut the place on the picture that shows the answer, in all layers at once. Needs --ocr"
                            + " or --boxes.")
    private String region;

    @Option(
            names = "--ocr",
            paramLabel = "DIR",
            description =
                    "The folder of DocVQA's official OCR files, by which --region answer finds the answer's words.")
    private Path ocr;

    @Option(
            names = "--boxes",
            paramLabel = "FILE",
            description =
                    "Boxes of any dataset's answers: JSON by question id, {\"1000\": [[left, top, right, bottom]]}.")
    private Path boxes;

    /** What tells where answers are shown; empty if no region is asked for. */
    Optional<RegionSource> source() {
        boolean asked = region != null && Options.oneOf("--region", region, Map.of("answer", true));
        if (asked && (ocr == null) == (boxes == null)) {
            throw new InputException(
                    "--region",
                    ocr == null ? "is answer, but neither --ocr nor --boxes is given" : "has both --ocr and --boxes",
                    "one of them",
                    ocr == null
                            ? "Give DocVQA's OCR files (--ocr), or a file of boxes (--boxes)"
                            : "Leave one of them out");
        }
        if (!asked && (ocr != null || boxes != null)) {
            throw new InputException(
                    ocr == null ? "--boxes" : "--ocr",
                    "is given without --region answer",
                    "both or neither",
                    "Leave it out, or add --region answer");
        }
        return ocr == null
                ? Optional.ofNullable(boxes).map(path -> new RegionSource.Boxes(Options.path("--boxes", path)))
                : Optional.of(new RegionSource.Ocr(Options.path("--ocr", ocr)));
    }

    /** The additions with the region, if one is asked for. */
    TraceAdditions in(TraceAdditions additions) {
        return source().isPresent() ? additions.withAnswerRegion() : additions;
    }
}
