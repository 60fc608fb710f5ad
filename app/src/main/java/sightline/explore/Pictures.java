package sightline.explore;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import sightline.error.InputException;
import sightline.image.PictureReader;
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
        String name = hash(file).substring(0, NAME);
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
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[picture.width()];
        byte[] rgb = picture.rgb();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                int at = 3 * (y * row.length + x);
                row[x] = ((rgb[at] & 0xff) << 16) | ((rgb[at + 1] & 0xff) << 8) | (rgb[at + 2] & 0xff);
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** SHA-256, hexadecimal. */
    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
