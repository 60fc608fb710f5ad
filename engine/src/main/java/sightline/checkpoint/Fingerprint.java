package sightline.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import sightline.error.InputException;

/**
 * Tells checkpoints apart without reading them in full. Two fine-tunes of one model agree in their configuration, sizes
 * and headers, so a few blocks of every file go in as well; a change that misses all of them goes unseen.
 */
final class Fingerprint {
    private static final int BLOCKS = 16;
    private static final int BLOCK_BYTES = 4096;

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** SHA-256 in lower-case hex over the configuration and, by file: name, size, header, {@value #BLOCKS} blocks. */
    static String of(Path config, List<SafetensorsFile> weights) {
        Fingerprint print = new Fingerprint();
        Path current = config;
        try {
            print.add(Files.readAllBytes(config));
            for (SafetensorsFile file : weights) {
                current = file.path();
                print.add(current.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                print.addNumber(file.size());
                print.add(file.headerBytes());
                print.addBlocks(current, file.size());
            }
        } catch (IOException e) {
            throw new InputException(
                    current.toString(), "cannot be read: " + e, "a readable file", "Check its permissions", e);
        }
        return HexFormat.of().formatHex(print.digest.digest());
    }

    private void add(byte[] bytes) {
        addNumber(bytes.length); // so that no byte can move from one part to the next unseen
        digest.update(bytes);
    }

    private void addNumber(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
    }

    private void addBlocks(Path path, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            for (int i = 0; i < BLOCKS; i++) {
                long start = Math.max(0, size - BLOCK_BYTES) * i / (BLOCKS - 1);
                block.clear();
                while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {
                    // a read may return less than asked
                }
                digest.update(block.flip());
            }
        }
    }
}
