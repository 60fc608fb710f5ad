package sightline.image;

import java.util.Arrays;
import java.util.Set;

/**
 * What the samples of a TIFF picture mean. The format has countless kinds; those are read that were compared with the
 * reference, pixel by pixel, and no others.
 */
final class TiffKind {
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int YCBCR = 6;
    private static final int RAW = 1;
    private static final int JPEG = 7;
    private static final Set<Integer> FAX = Set.of(2, 3, 4);
    private static final Set<Integer> PREDICTED = Set.of(5, 8, 32946);
    private static final int PACK_BITS = 32773;
    private static final int GROUP_3 = 3;
    private static final int NOT_COMPRESSED = 2;
    private static final int QUARTER_TURNS = 5;

    /** Photometric, bits of each sample, kinds of the samples beyond the colours. */
    private static final Set<String> KINDS =
            kinds("0 1 -; 0 2 -; 0 4 -; 0 8 -; 1 1 -; 1 2 -; 1 4 -; 1 8 -; 1 16 -; 1 8,8 2; 2 8,8,8 -; "
                    + "2 8,8,8,8 -; 2 8,8,8,8 0; 2 8,8,8,8 1; 2 8,8,8,8 2; 2 8,8,8,8 999; 2 8,8,8,8,8 0,0; "
                    + "2 8,8,8,8,8 2,0; 2 8,8,8,8,8,8 0,0,0; 2 8,8,8,8,8,8 2,0,0; 2 16,16,16 -; 2 16,16,16,16 -; "
                    + "2 16,16,16,16 0; 2 16,16,16,16 2; 3 1 -; 3 2 -; 3 4 -; 3 8 -; 3 8,8 2; 5 8,8,8,8 -; "
                    + "5 8,8,8,8,8 0; 5 8,8,8,8,8,8 0,0; 6 8,8,8 -");

    /** Those whose bytes may be stored with their low bits first, if they are not compressed. */
    private static final Set<String> LOW_BITS_FIRST =
            kinds("0 1 -; 0 2 -; 0 4 -; 1 1 -; 1 2 -; 1 4 -; 1 8 -; 2 8,8,8 -; 3 8 -");

    /** Those that may be stored with each colour for itself, not compressed and compressed. */
    private static final Set<String> RAW_PLANES =
            kinds("1 1 -; 1 8 -; 3 8 -; 2 8,8,8 -; 2 8,8,8,8 2; 2 8,8,8,8 999; 5 8,8,8,8 -");

    private static final Set<String> PACKED_PLANES =
            kinds("0 8 -; 1 1 -; 1 4 -; 1 8 -; 1 16 -; 3 8 -; 1 8,8 2; 2 8,8,8 -; 2 8,8,8,8 1; 2 8,8,8,8 2; "
                    + "2 8,8,8,8 999; 2 16,16,16 -; 2 16,16,16,16 2; 5 8,8,8,8 -");

    /** Those that the reference maps into memory, by name only, and then mistakes height for width. */
    private static final Set<String> MAPPED =
            kinds("1 8 -; 1 16 -; 3 8 -; 2 8,8,8,8 -; 2 8,8,8,8 2; 2 8,8,8,8 999; 5 8,8,8,8 -");

    private final TiffHeader header;
    private final int photometric;
    private final int depth;
    private final String name;

    private TiffKind(TiffHeader header, int[] bits) {
        this.header = header;
        this.photometric = (int) header.first(TiffHeader.PHOTOMETRIC, -1);
        this.depth = bits[0];
        this.name = photometric + " " + list(Arrays.stream(bits).asLongStream().toArray()) + " "
                + list(header.all(TiffHeader.EXTRA_SAMPLES));
    }

    /** @throws BrokenPicture if it is none that is read */
    static TiffKind of(TiffHeader header) throws BrokenPicture {
        TiffKind kind = new TiffKind(header, bits(header));
        boolean unsigned = Arrays.stream(header.all(TiffHeader.SAMPLE_FORMAT)).allMatch(format -> format == 1);
        if (!KINDS.contains(kind.name) || !unsigned) {
            throw kind.unread("samples: " + kind.name + ", format " + list(header.all(TiffHeader.SAMPLE_FORMAT)));
        }
        kind.checkCompression();
        kind.checkLayout();
        return kind;
    }

    /** As many depths as samples; one stands for all. */
    private static int[] bits(TiffHeader header) throws BrokenPicture {
        long[] stored = header.all(TiffHeader.BITS);
        long samples = header.first(TiffHeader.COMPONENTS, 1);
        if (samples < 1 || samples > 6 || (stored.length > 1 && stored.length < samples)) {
            throw BrokenPicture.unsupported("is a TIFF picture of " + samples + " samples a pixel and " + stored.length
                    + " depths, which is not read");
        }
        int[] bits = new int[(int) samples];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = stored.length == 0 ? 1 : (int) Math.min(stored[stored.length == 1 ? 0 : i], 99);
        }
        return bits;
    }

    private void checkCompression() throws BrokenPicture {
        int compression = (int) header.first(TiffHeader.COMPRESSION, RAW);
        boolean fax = FAX.contains(compression);
        boolean known = compression == RAW
                || compression == JPEG
                || compression == PACK_BITS
                || PREDICTED.contains(compression)
                || (fax && depth == 1);
        if (!known || (photometric == YCBCR && compression != JPEG) || (compression == JPEG && depth != 8)) {
            throw unread("compression " + compression + " of " + name);
        }
        long options = header.first(TiffHeader.FAX_OPTIONS, 0);
        if (compression == GROUP_3 && (options & NOT_COMPRESSED) != 0) {
            throw unread("fax of group 3 with options " + options);
        }
        long predictor = header.first(TiffHeader.PREDICTOR, 1);
        boolean predicted = compression != RAW && predictor != 1;
        if (predicted && !(predictor == 2 && depth >= 8 && PREDICTED.contains(compression))) {
            throw unread("predictor " + predictor + " of " + name + ", compression " + compression);
        }
        long order = header.first(TiffHeader.FILL_ORDER, 1);
        boolean turned = order == 2 && (fax || (compression == RAW && LOW_BITS_FIRST.contains(name)));
        if (order != 1 && !(turned && header.first(TiffHeader.PLANES, 1) == 1)) {
            throw unread("order of bits " + order + " of " + name + ", compression " + compression);
        }
    }

    private void checkLayout() throws BrokenPicture {
        boolean raw = header.first(TiffHeader.COMPRESSION, RAW) == RAW;
        boolean jpeg = header.first(TiffHeader.COMPRESSION, RAW) == JPEG;
        boolean planes = header.first(TiffHeader.PLANES, 1) != 1;
        if (planes && (jpeg || !(raw ? RAW_PLANES : PACKED_PLANES).contains(name))) {
            throw unread("each colour for itself: " + name);
        }
        if (raw && header.isTiled() && depth < 8 && header.first(TiffHeader.TILE_WIDTH, 0) * depth % 8 != 0) {
            throw unread("tiles of " + header.first(TiffHeader.TILE_WIDTH, 0) + " samples of " + depth + " bits");
        }
        boolean turned = header.first(TiffHeader.ORIENTATION, 1) >= QUARTER_TURNS
                && header.first(TiffHeader.ORIENTATION, 1) < QUARTER_TURNS + 4;
        if (turned && raw && header.parts() == 1 && MAPPED.contains(name)) {
            throw unread("turned by a quarter, not compressed, in one piece: " + name);
        }
    }

    private BrokenPicture unread(String what) {
        return BrokenPicture.unsupported("is a TIFF picture of a kind that is not read (" + what + ")");
    }

    /** How the samples become a colour. */
    Samples.Rule rule() {
        return switch (photometric) {
            case 0 -> Samples.grey(depth);
            case 1 -> depth == 16 ? Samples.clippedGrey() : Samples.grey(depth);
            case PALETTE -> Samples.palette(table());
            case CMYK -> Samples.cmyk();
            default -> name.equals("2 8,8,8,8 1") ? divided() : Samples.rgb(depth);
        };
    }

    /** Colours that were multiplied by alpha are divided by it again, as the reference does; by zero gives black. */
    private static Samples.Rule divided() {
        return (samples, from, rgb, to) -> {
            int alpha = samples[from + 3];
            for (int i = 0; i < 3 && alpha > 0; i++) {
                rgb[to + i] = (byte) Math.min(255 * samples[from + i] / alpha, 255);
            }
        };
    }

    /** All reds, all greens, all blues of 16 bits; the high bytes, side by side. */
    private byte[] table() {
        long[] values = header.all(TiffHeader.COLOUR_TABLE);
        int entries = values.length / 3;
        byte[] table = new byte[3 * entries];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) (values[i % 3 * entries + i / 3] >> 8);
        }
        return table;
    }

    private static Set<String> kinds(String all) {
        return Set.of(all.split("; "));
    }

    private static String list(long[] values) {
        return values.length == 0
                ? "-"
                : String.join(
                        ",", Arrays.stream(values).mapToObj(String::valueOf).toList());
    }
}
