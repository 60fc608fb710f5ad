package sightline.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import sightline.error.InputException;
import sightline.error.InputFile;

/**
 * A picture file to RGB, as Pillow 11.1's {@code convert("RGB")} gives it: alpha dropped, not composited; EXIF rotation
 * and colour profiles ignored; 16-bit grey clipped; the first frame.
 *
 * <p>Damage is an error: no picture is handed out of which a part is missing. Any number of threads may read at once.
 */
public final class PictureReader {
    /** Pillow refuses more pixels too, as a likely decompression bomb. */
    public static final int MOST_PIXELS = 178_956_970;

    /** Larger files are refused unread: the most pixels at 16 bits and 4 channels would fit into one array. */
    private static final long MOST_BYTES = 8L * MOST_PIXELS;

    /** What this thread reads at present; each format's decoder asks before it takes memory. */
    private static final ThreadLocal<Integer> LIMIT = ThreadLocal.withInitial(() -> MOST_PIXELS);

    private PictureReader() {}

    /** The most pixels that this thread reads. */
    static int mostPixels() {
        return LIMIT.get();
    }

    /**
     * Reads a picture that is in memory and comes from somebody else.
     *
     * @param mostPixels larger ones are refused undecoded, up to {@link #MOST_PIXELS}
     * @throws InputException as {@link #read(Path)}
     */
    public static RgbImage read(byte[] bytes, String name, int mostPixels) {
        LIMIT.set(Math.min(mostPixels, MOST_PIXELS));
        try {
            return read(bytes, name);
        } finally {
            LIMIT.remove();
        }
    }

    /**
     * Reads a picture.
     *
     * @throws InputException if the file is missing, cannot be read, is no picture, is one of a kind that is not read,
     *     is damaged or truncated, or is larger than {@link #MOST_PIXELS} or the Java heap
     */
    public static RgbImage read(Path file) {
        return read(bytes(file), file.toString());
    }

    /**
     * The bytes of a picture's file, not looked at.
     *
     * @throws InputException if the file is missing, cannot be read or is too large
     */
    public static byte[] bytes(Path file) {
        Objects.requireNonNull(file, "file");
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw problem(name, "is a folder", "Name one picture in it", null);
        }
        try {
            if (Files.size(InputFile.regular(file)) > MOST_BYTES) {
                throw problem(name, "has " + Files.size(file) + " bytes", "Make the picture smaller", null);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw problem(name, "does not exist", "Check the path", e);
        } catch (IOException e) {
            throw problem(name, "cannot be read (" + e.getMessage() + ")", "Check the file and its permissions", e);
        } catch (OutOfMemoryError e) {
            throw tooLarge(name, e);
        }
    }

    /**
     * Reads a picture that is in memory.
     *
     * @param bytes the whole file
     * @param name what messages call it
     * @throws InputException as {@link #read(Path)}
     */
    public static RgbImage read(byte[] bytes, String name) {
        Objects.requireNonNull(name, "name");
        if (bytes.length == 0) {
            throw problem(name, "is empty", BrokenPicture.Remedy.REPAIR.sentence(), null);
        }
        PictureFormat format = PictureFormat.of(bytes).orElseThrow(() -> {
            String found = PictureFormat.foreign(bytes)
                    .map(kind -> "is " + kind + ", which Sightline does not read")
                    .orElse("is not a picture that Sightline reads");
            return problem(name, found, BrokenPicture.Remedy.CONVERT.sentence(), null);
        });
        try {
            return format.decode(bytes);
        } catch (BrokenPicture e) {
            throw new InputException(name, e.getMessage(), "", e.remedy().sentence(), e);
        } catch (IOException | RuntimeException e) {
            if (e.getCause() instanceof OutOfMemoryError cause) { // the JDK's PNG reader wraps it
                throw tooLarge(name, cause);
            }
            // The libraries' readers meet damage with any exception there is; none of it is a bug of the caller.
            String problem = "is a damaged " + format.title() + " picture" + reason(e);
            throw new InputException(name, problem, "", BrokenPicture.Remedy.REPAIR.sentence(), e);
        } catch (OutOfMemoryError e) {
            // Asked for in one piece and not given: the heap is as it was.
            throw tooLarge(name, e);
        }
    }

    private static InputException tooLarge(String name, OutOfMemoryError e) {
        return new InputException(
                name,
                "is too large for the memory that Java has",
                "",
                "Make the picture smaller, or raise Java's limit with -Xmx",
                e);
    }

    private static String reason(Exception e) {
        boolean telling = e instanceof IOException && e.getMessage() != null;
        return telling ? " (" + e.getMessage().lines().findFirst().orElse("") + ")" : "";
    }

    private static InputException problem(String name, String problem, String nextStep, Throwable cause) {
        return new InputException(name, problem, PictureFormat.ALL, nextStep, cause);
    }
}
