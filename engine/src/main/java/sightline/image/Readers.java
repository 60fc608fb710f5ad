package sightline.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** How the libraries' readers are called: from memory, by name, with their warnings kept. */
final class Readers {
    private Readers() {}

    /** What is wanted of a reader. */
    interface Wish<T> {
        T of(ImageReader reader) throws IOException;
    }

    /** The first picture's samples, and what the reader remarked. */
    record Reading<T>(T result, List<String> warnings) {}

    /** A reader of the JDK itself: other readers on the class path have other habits. */
    static ImageReaderSpi ofJdk(String format) {
        Iterator<ImageReaderSpi> all = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        while (all.hasNext()) {
            ImageReaderSpi spi = all.next();
            boolean ofJdk = spi.getClass().getModule().equals(ImageIO.class.getModule());
            if (ofJdk && List.of(spi.getFormatNames()).contains(format)) {
                return spi;
            }
        }
        throw new IllegalStateException("this Java runtime has no reader for " + format);
    }

    /** Runs a reader over a file in memory. */
    static <T> Reading<T> read(ImageReaderSpi spi, byte[] file, Wish<T> wish) throws IOException {
        ImageReader reader = spi.createReaderInstance(null);
        List<String> warnings = new ArrayList<>();
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(stream, true, true);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            return new Reading<>(wish.of(reader), List.copyOf(warnings));
        } finally {
            reader.dispose();
        }
    }

    /** The first picture, with any warning taken as damage. */
    static BufferedImage image(ImageReaderSpi spi, byte[] file) throws IOException {
        Reading<BufferedImage> reading = read(spi, file, reader -> reader.read(0));
        if (!reading.warnings().isEmpty()) {
            throw BrokenPicture.damaged(
                    "is damaged (" + reading.warnings().get(0).strip() + ")");
        }
        return reading.result();
    }
}
