package sightline.image;

import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The form of the chunks that cannot change a pixel: the reference refuses a file in which one of them is wrong. */
final class PngChunk {
    /** The reference inflates no longer text or profile. */
    private static final int LONGEST = 1 << 20;

    private static final int ANIMATION_FRAME = 26;

    /** The reference keeps texts by their names beside what it goes by itself. */
    private static final Set<String> NAMES_THAT_IT_GOES_BY = Set.of("interlace", "transparency", "bbox");

    private PngChunk() {}

    /**
     * @param at where the chunk's content begins
     * @param header what was read before it; null if nothing was
     */
    static void checkBeforeData(Bytes bytes, String kind, long at, long length, PngHeader header) throws BrokenPicture {
        check(bytes, kind, at, length, header);
        switch (kind) {
            case "fcTL" -> frame(bytes, at, header);
            case "fdAT" ->
                throw BrokenPicture.unsupported(
                        "is an animated PNG picture without a picture of its own, which is not read");
            case "zTXt", "tEXt", "iTXt" -> {
                String name = name(bytes, at, length);
                if (NAMES_THAT_IT_GOES_BY.contains(name)) {
                    throw BrokenPicture.unsupported(
                            "is a PNG picture with a text named " + name + ", which is not read");
                }
            }
            default -> {
                // it stands for itself
            }
        }
    }

    /** What holds behind the data too; parameters as for {@link #checkBeforeData}. */
    static void check(Bytes bytes, String kind, long at, long length, PngHeader header) throws BrokenPicture {
        long least =
                switch (kind) {
                    case "IHDR" -> 13;
                    case "gAMA" -> 4;
                    case "sRGB" -> 1;
                    case "pHYs" -> 9;
                    case "acTL" -> 8;
                    case "fcTL" -> ANIMATION_FRAME;
                    case "tRNS" -> transparency(header);
                    default -> 0;
                };
        boolean whole = length >= least && (!kind.equals("cHRM") || length % 4 == 0);
        if (!whole || (kind.equals("IHDR") && bytes.u8(at + 11) != 0)) {
            throw wrong(kind);
        }
        long end = at + length;
        long name = at + name(bytes, at, length).length(); // a zero follows, unless the chunk ends there
        if (kind.equals("iCCP") || kind.equals("zTXt")) {
            boolean there = name + 1 < end;
            if ((there && bytes.u8(name + 1) != 0) || (!there && kind.equals("iCCP"))) {
                throw wrong(kind);
            }
            checkLength(bytes, name + 2, end);
        } else if (kind.equals("iTXt") && name + 3 <= end && bytes.u8(name + 1) != 0 && bytes.u8(name + 2) == 0) {
            long language = name + 3;
            long translated = language + name(bytes, language, end - language).length() + 1;
            checkLength(
                    bytes,
                    translated + name(bytes, translated, end - translated).length() + 1,
                    end);
        }
    }

    private static int transparency(PngHeader header) {
        return header == null ? 0 : header.colour() == 0 ? 2 : header.colour() == 2 ? 6 : 0;
    }

    /** The picture of an animation may be a part of itself; such a one would be put in its place. */
    private static void frame(Bytes bytes, long at, PngHeader header) throws BrokenPicture {
        boolean whole = header != null
                && bytes.u32(at) == 0
                && bytes.u32(at + 4) == header.width()
                && bytes.u32(at + 8) == header.height()
                && bytes.u32(at + 12) == 0
                && bytes.u32(at + 16) == 0;
        if (!whole) {
            throw BrokenPicture.unsupported(
                    "is an animated PNG picture whose first frame is a part of it, which is not read");
        }
    }

    /** The text up to the first zero. */
    private static String name(Bytes bytes, long at, long length) throws BrokenPicture {
        StringBuilder name = new StringBuilder();
        for (long i = 0; i < length && bytes.u8(at + i) != 0; i++) {
            name.append((char) bytes.u8(at + i));
        }
        return name.toString();
    }

    private static void checkLength(Bytes bytes, long from, long end) throws BrokenPicture {
        if (from < end && tooLong(bytes.slice(from, end - from))) {
            throw BrokenPicture.unsupported(
                    "is a PNG picture with a text or profile of more than " + LONGEST + " bytes, which is not read");
        }
    }

    private static boolean tooLong(byte[] deflated) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            byte[] out = new byte[1 << 16];
            long length = 0;
            while (length <= LONGEST) {
                int count = inflater.inflate(out);
                if (count == 0) {
                    return false;
                }
                length += count;
            }
            return true;
        } catch (DataFormatException e) {
            return false; // left out, without a word
        } finally {
            inflater.end();
        }
    }

    private static BrokenPicture wrong(String kind) {
        return BrokenPicture.damaged("is a damaged PNG picture (its chunk " + kind + " is of a wrong form)");
    }
}
