package sightline.ask;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.option.Options;

/** Where pictures of the numbers go. */
final class OutOption {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write pictures of what --region and --map found, as PNG: into a folder that does not exist"
                    + " yet, or is empty.")
    private Path folder;

    Optional<Path> folder() {
        return Optional.ofNullable(folder).map(path -> Options.output("--out", path));
    }
}
