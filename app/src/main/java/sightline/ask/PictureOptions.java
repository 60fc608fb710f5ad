package sightline.ask;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import sightline.option.Options;

/** Which picture. */
final class PictureOptions {
    @Option(
            names = "--image",
            required = true,
            paramLabel = "FILE",
            description = "The picture: PNG, JPEG, GIF, BMP, TIFF or WebP.")
    private Path image;

    @Option(
            names = "--image_dir",
            paramLabel = "DIR",
            description = "The folder that --image is relative to; the current one by default.")
    private Path imageFolder;

    Path image() {
        Path file = Options.path("--image", image);
        return imageFolder == null ? file : imageFolder.resolve(file);
    }
}
