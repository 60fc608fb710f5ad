package sightline.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import sightline.error.InputFile;

/**
 * Every byte of a file in one hash that several cores compute at once: SHA-256 over the SHA-256 of each {@value #CHUNK}
 * bytes, in their order.
 */
final class TreeHash {
    /** Bytes of a piece, the last of a file excepted. */
    static final int CHUNK = 8 << 20;

    private static final int BUFFER = 1 << 20;

    private TreeHash() {}

    /**
     * The hash of a file's first bytes, in lower-case hex.
     *
     * @param size how many
     * @param threads that do the work
     * @param ended asked now and then whether nobody wants it any more
     * @throws IOException if the file cannot be read or is shorter, or if it was ended
     * @throws InterruptedException if the caller's thread was interrupted
     */
    static String of(Path file, long size, ExecutorService threads, BooleanSupplier ended)
            throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(InputFile.regular(file))) {
            List<Future<byte[]>> pieces = new ArrayList<>();
            for (long start = 0; start < size; start += CHUNK) {
                long from = start;
                pieces.add(threads.submit(() -> piece(channel, from, Math.min(size, from + CHUNK), ended)));
            }
            MessageDigest whole = sha256();
            IOException failure = null;
            for (Future<byte[]> piece : pieces) { // all: the channel is theirs until the last has ended
                try {
                    whole.update(piece.get());
                } catch (ExecutionException e) {
                    failure = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
                }
            }
            if (failure != null) {
                throw failure;
            }
            return HexFormat.of().formatHex(whole.digest());
        }
    }

    private static byte[] piece(FileChannel channel, long start, long end, BooleanSupplier ended) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, end - start));
        for (long at = start; at < end; ) {
            if (ended.getAsBoolean()) {
                throw new IOException("no longer wanted");
            }
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            digest.update(buffer.flip());
            at += read;
        }
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
