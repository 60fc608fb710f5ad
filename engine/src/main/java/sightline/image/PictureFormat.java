package sightline.image;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/** The formats that are read, told apart by their first bytes; a file's name says nothing. */
enum PictureFormat {
    PNG("PNG"),
    JPEG("JPEG"),
    GIF("GIF"),
    BMP("BMP"),
    TIFF("TIFF"),
    WEBP("WebP");

    /** For messages. */
    static final String ALL = "a PNG, JPEG, GIF, BMP, TIFF or WebP picture";

    private final String title;

    PictureFormat(String title) {
        this.title = title;
    }

    /** As people write it. */
    String title() {
        return title;
    }

    /**
     * The picture in a file of this format.
     *
     * @throws BrokenPicture if the file is damaged or of a kind that is not read
     * @throws IOException if a library found the file damaged
     * @throws RuntimeException likewise: the libraries' readers check less than they should
     */
    RgbImage decode(byte[] file) throws IOException {
        return switch (this) {
            case PNG -> PngDecoder.decode(file);
            case JPEG -> JpegDecoder.decode(file);
            case GIF -> GifDecoder.decode(file);
            case BMP -> BmpDecoder.decode(file);
            case TIFF -> TiffDecoder.decode(file);
            case WEBP -> WebpDecoder.decode(file);
        };
    }

    /** The format of a file, if it is one of ours. */
    static Optional<PictureFormat> of(byte[] file) {
        Bytes bytes = new Bytes(file, ByteOrder.BIG_ENDIAN);
        if (bytes.says(0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (bytes.says(0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (bytes.says(0, "GIF87a") || bytes.says(0, "GIF89a")) {
            return Optional.of(GIF);
        }
        if (bytes.says(0, "BM")) {
            return Optional.of(BMP);
        }
        if (bytes.says(0, "II*\0") || bytes.says(0, "MM\0*")) {
            return Optional.of(TIFF);
        }
        if (bytes.says(0, "RIFF") && bytes.says(8, "WEBP")) {
            return Optional.of(WEBP);
        }
        return Optional.empty();
    }

    /** What a file of a known format that is not read is, for messages: "a HEIC picture", "a PDF". */
    static Optional<String> foreign(byte[] file) {
        Bytes bytes = new Bytes(file, ByteOrder.BIG_ENDIAN);
        if (bytes.says(4, "ftyp")) {
            if (bytes.says(8, "avif") || bytes.says(8, "avis")) {
                return Optional.of("an AVIF picture");
            }
            if (bytes.says(8, "he") || bytes.says(8, "mif1") || bytes.says(8, "msf1")) {
                return Optional.of("a HEIC picture");
            }
            return Optional.of("a video");
        }
        if (bytes.says(0, "%PDF")) {
            return Optional.of("a PDF document");
        }
        if (bytes.says(0, "8BPS")) {
            return Optional.of("a Photoshop document");
        }
        if (bytes.says(4, "jP  ") || bytes.says(0, "\u00ffO\u00ffQ")) {
            return Optional.of("a JPEG 2000 picture");
        }
        if (bytes.says(0, "\u00ff\n") || bytes.says(4, "JXL ")) {
            return Optional.of("a JPEG XL picture");
        }
        if (bytes.says(0, "<svg") || bytes.says(0, "<?xml")) {
            return Optional.of("an SVG or another XML file");
        }
        if (bytes.says(0, "II+\0") || bytes.says(0, "MM\0+")) {
            return Optional.of("a BigTIFF picture");
        }
        return Optional.empty();
    }
}
