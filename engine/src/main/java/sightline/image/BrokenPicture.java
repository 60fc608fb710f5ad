package sightline.image;

import java.io.IOException;

/** What a decoder says about a picture that it does not read; {@link PictureReader} adds the file's name. */
final class BrokenPicture extends IOException {
    private static final long serialVersionUID = 1L;

    /** What the user can do about it. */
    enum Remedy {
        REPAIR("Get the file again, or save it anew as PNG or JPEG"),
        CONVERT("Convert it to PNG or JPEG"),
        SHRINK("Make the picture smaller");

        private final String sentence;

        Remedy(String sentence) {
            this.sentence = sentence;
        }

        /** Without a full stop. */
        String sentence() {
            return sentence;
        }
    }

    private final Remedy remedy;

    private BrokenPicture(Remedy remedy, String problem) {
        super(problem);
        this.remedy = remedy;
    }

    /** @param problem a clause whose subject is the file, such as "ends too early" */
    static BrokenPicture damaged(String problem) {
        return new BrokenPicture(Remedy.REPAIR, problem);
    }

    static BrokenPicture truncated() {
        return damaged("ends too early: part of the picture is missing");
    }

    /** A sound file of a kind that is not read. */
    static BrokenPicture unsupported(String problem) {
        return new BrokenPicture(Remedy.CONVERT, problem);
    }

    /**
     * Refuses a size that is absurd, before any memory is asked for.
     *
     * @throws BrokenPicture if a side is below 1, or there are more than {@link PictureReader#MOST_PIXELS}
     */
    static void checkSize(long width, long height) throws BrokenPicture {
        if (width < 1 || height < 1) {
            throw damaged("declares a size of " + width + " x " + height + " pixels");
        }
        long most = PictureReader.mostPixels();
        if (width > most || width * height > most) {
            throw new BrokenPicture(
                    Remedy.SHRINK,
                    "declares " + width + " x " + height + " pixels, more than the " + most + " that are read");
        }
    }

    Remedy remedy() {
        return remedy;
    }
}
