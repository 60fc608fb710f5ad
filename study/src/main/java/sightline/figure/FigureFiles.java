package sightline.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A figure's three files. */
final class FigureFiles {
    /** Pixels per CSS pixel: 192 to the inch. */
    private static final double SCALE = 2;

    private FigureFiles() {}

    /** Writes {@code NAME.svg}, {@code NAME.pdf} and {@code NAME.png}. */
    static void write(Figure figure, ReportFolder folder, String name) {
        folder.figure(name + ".svg", out -> out.write(SvgCanvas.draw(figure).getBytes(StandardCharsets.UTF_8)));
        folder.figure(name + ".pdf", out -> PdfCanvas.draw(figure, out));
        folder.figure(name + ".png", out -> png(PngCanvas.draw(figure, SCALE), out));
    }

    /** Writes pixels as PNG. */
    static void png(BufferedImage image, OutputStream file) throws IOException {
        // in memory: the cache on disk that ImageIO makes for any other stream cannot begin while the process is ending
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java cannot write PNG");
            }
        }
    }
}
