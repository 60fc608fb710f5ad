package sightline.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;
import javax.imageio.spi.ImageReaderSpi;

/**
 * JPEG: the JDK's libjpeg decodes the bare components; what they mean is decided here, as the reference's libjpeg-turbo
 * does it. Left to itself the JDK obeys profiles, and takes some pictures without a JFIF header for RGB.
 */
final class JpegDecoder {
    private static final ImageReaderSpi JDK = Readers.ofJdk("jpeg");

    private JpegDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        JpegHeader header = JpegHeader.parse(file);
        Readers.Reading<Raster> reading = Readers.read(JDK, header.bare(), reader -> reader.readRaster(0, null));
        checkWarnings(reading.warnings());
        Raster raster = reading.result();
        if (raster.getNumBands() != header.components()) {
            throw BrokenPicture.damaged("is a damaged JPEG picture (components are missing)");
        }
        return Samples.toRgb(raster, rule(header.colours()));
    }

    /** Bytes too many between two markers cost no pixel, and the reference takes them; all else does. */
    private static void checkWarnings(List<String> warnings) throws BrokenPicture {
        for (String warning : warnings) {
            if (!warning.contains("extraneous bytes before marker")) {
                throw BrokenPicture.damaged("is a damaged JPEG picture (" + warning.strip() + ")");
            }
        }
    }

    private static Samples.Rule rule(JpegHeader.Colours colours) {
        Samples.Rule cmyk = Samples.cmyk();
        return switch (colours) {
            case GREY -> Samples.grey(8);
            case RGB -> Samples.rgb(8);
            case YCC ->
                (samples, from, rgb, to) -> {
                    YccToRgb.convert(samples, from);
                    Samples.rgb(8).put(samples, from, rgb, to);
                };
            // Inks are stored inverted, as Adobe does it; the reference assumes that of every file.
            case CMYK ->
                (samples, from, rgb, to) -> {
                    for (int i = from; i < from + 4; i++) {
                        samples[i] = 255 - samples[i];
                    }
                    cmyk.put(samples, from, rgb, to);
                };
            // Decoded to inverted RGB, which is CMY as stored; black stands as it is: inverted again it is ink.
            case YCCK ->
                (samples, from, rgb, to) -> {
                    YccToRgb.convert(samples, from);
                    samples[from + 3] = 255 - samples[from + 3];
                    cmyk.put(samples, from, rgb, to);
                };
        };
    }
}
