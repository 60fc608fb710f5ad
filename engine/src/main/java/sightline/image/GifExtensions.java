package sightline.image;

/**
 * What a GIF file says before its first frame. As in the reference, bytes that mean nothing are passed over.
 *
 * @param transparent the first frame's transparent colour; 0 if it has none
 * @param end where the frame begins: the offset of its comma
 */
record GifExtensions(int transparent, long end) {
    private static final int CONTROL = 0xf9;
    private static final int COMMENT = 0xfe;
    private static final int APPLICATION = 0xff;
    private static final int CONTROL_BYTES = 4;

    static GifExtensions skip(Bytes bytes, long from) throws BrokenPicture {
        long at = from;
        int transparent = 0;
        while (bytes.u8(at) != ',') {
            int kind = bytes.u8(at++);
            if (kind == ';') {
                throw BrokenPicture.damaged("is a damaged GIF picture (it holds no frame)");
            }
            if (kind == '!') {
                int label = bytes.u8(at++);
                int length = bytes.u8(at);
                if (label == CONTROL && length > 0) {
                    boolean colour = (bytes.u8(at + 1) & 1) != 0;
                    if (length < (colour ? CONTROL_BYTES : CONTROL_BYTES - 1)) {
                        throw BrokenPicture.damaged("is a damaged GIF picture (its frame's control is cut short)");
                    }
                    transparent = colour ? bytes.u8(at + CONTROL_BYTES) : transparent;
                }
                boolean netscape = label == APPLICATION && length >= 11 && bytes.says(at + 1, "NETSCAPE2.0");
                at += 1 + length;
                if (netscape) { // its one block more is read whatever it is
                    at += 1 + bytes.u8(at);
                }
                // The reference looks for the end of the blocks behind the first, even if that was the end.
                at = label == COMMENT && length == 0 ? at : endOfBlocks(bytes, at);
            }
        }
        return new GifExtensions(transparent, at);
    }

    /** The offset after a chain of blocks, each led by its length, the last empty. */
    private static long endOfBlocks(Bytes bytes, long from) throws BrokenPicture {
        long at = from;
        while (bytes.u8(at) != 0) {
            at += 1 + bytes.u8(at);
        }
        return at + 1;
    }
}
