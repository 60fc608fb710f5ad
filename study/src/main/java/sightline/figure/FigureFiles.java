package sightline.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A figure's three files. */
final class FigureFiles {
    /** Pixels per CSS pixel: 192 to the inch. */
    private static final double SCALE = 2;

    private FigureFiles() {}

    /** Writes {@code NAME.svg}, {@code NAME.pdf} and {@code NAME.png}. */
    static List<Path> write(Figure figure, Path folder, String name) throws IOException {
        Path svg = folder.resolve(name + ".svg");
        Files.writeString(svg, SvgCanvas.draw(figure));
        Path pdf = folder.resolve(name + ".pdf");
        try (OutputStream out = Files.newOutputStream(pdf)) {
            PdfCanvas.draw(figure, out);
        }
        Path png = folder.resolve(name + ".png");
        BufferedImage image = PngCanvas.draw(figure, SCALE);
        // in memory: the cache on disk that ImageIO makes for any other stream cannot begin while the process is ending
        try (OutputStream file = Files.newOutputStream(png);
                ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java cannot write PNG");
            }
        }
        return List.of(svg, pdf, png);
    }
}
