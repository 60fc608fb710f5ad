package sightline.ask;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.option.Options;

/** The picture that stands in for the question's own. */
final class SwapOption {
    @Option(
            names = "--swap",
            paramLabel = "FILE",
            description = "Also trace the uncut answer with this picture in place of --image: control swap.")
    private Path picture;

    Optional<Path> picture() {
        return Optional.ofNullable(picture).map(file -> Options.path("--swap", file));
    }
}
