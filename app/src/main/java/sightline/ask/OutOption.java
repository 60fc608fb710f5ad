package sightline.ask;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.option.Options;

/** Where pictures of the numbers go. */
final class OutOption {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Also write pictures of what --region, --map and --attention found (PNG), and attention itself"
                            + " (NumPy's .npy): into a folder that does not exist yet, or is empty.")
    private Path folder;

    /**
     * The folder, if one is named.
     *
     * @param something whether there is anything to write into it
     * @throws InputException if there is not
     */
    Optional<Path> folder(boolean something) {
        if (folder != null && !something) {
            throw new InputException(
                    "--out",
                    "is given, but nothing that is written as a file",
                    "--region, --map or --attention",
                    "Add one of them");
        }
        return Optional.ofNullable(folder).map(path -> Options.output("--out", path));
    }
}
