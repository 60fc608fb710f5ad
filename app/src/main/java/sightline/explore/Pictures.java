package sightline.explore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import sightline.error.InputException;
import sightline.files.FileHash;
import sightline.image.PictureReader;
import sightline.image.PictureWriter;
import sightline.image.RgbImage;

/** The pictures of this session, by name: uploads by their content, those of examples and runs by number. */
final class Pictures {
    /** Cameras make less. */
    static final int MOST_BYTES = 32 << 20;

    static final int MOST_PIXELS = 50_000_000;
    private static final long ROOM = 256L << 20;
    private static final int NAME = 32;

    private final Lru<RgbImage> uploads = new Lru<>(ROOM, image -> image.rgb().length, gone -> {});
    private final Examples examples;
    private final RunShelf shelf;

    Pictures(Examples examples, RunShelf shelf) {
        this.examples = examples;
        this.shelf = shelf;
    }

    /** An upload's name. */
    record Uploaded(String picture, int width, int height) {}

    /**
     * Takes a picture in.
     *
     * @throws InputException if it is none, or too large
     */
    synchronized Uploaded add(byte[] file) { // one after the other: a picture may decode to much more than its file
        RgbImage image = PictureReader.read(file, "the picture", MOST_PIXELS);
        String name = FileHash.of(file).substring(0, NAME);
        uploads.put(name, image);
        return new Uploaded(name, image.width(), image.height());
    }

    /**
     * The picture of a name.
     *
     * @throws RequestRefusal if there is none, or it is gone
     */
    RgbImage get(String name) {
        if (name.matches("e[0-9]{1,2}")) {
            return examples.picture(Integer.parseInt(name.substring(1)));
        }
        if (name.matches("r[0-9]{1,3}-[0-9]{1,7}")) {
            String[] place = name.substring(1).split("-", -1);
            return shelf.picture(Integer.parseInt(place[0]), Integer.parseInt(place[1]));
        }
        if (name.matches("[0-9a-f]{" + NAME + "}")) {
            return uploads.get(name)
                    .orElseThrow(() -> new RequestRefusal(
                            RequestRefusal.MISSING, "This picture is no longer here. Drop it on the page again."));
        }
        throw new RequestRefusal(RequestRefusal.MISSING, "There is no such picture.");
    }

    /** As a PNG of the very pixels. */
    static byte[] png(RgbImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PictureWriter.png(picture, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
