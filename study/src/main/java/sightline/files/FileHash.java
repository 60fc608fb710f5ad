package sightline.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import sightline.error.InputException;
import sightline.error.InputFile;

/** Tells files apart by their content: SHA-256 in lower-case hex. */
public final class FileHash {
    private FileHash() {}

    /** The hash of one file's bytes. */
    public static String of(Path file) {
        return hex(add(sha256(), file));
    }

    /** The hash of bytes. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** The hash of a text in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One hash for several files, by name and bytes; those that are not there are left out. */
    public static String of(Path folder, List<String> names) {
        MessageDigest all = sha256();
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                all.update((name + " " + of(file) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return hex(all);
    }

    private static MessageDigest add(MessageDigest digest, Path file) {
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(InputFile.regular(file))) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
            return digest;
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be read: " + StrictJson.reason(e), "a readable file", "Check the path", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
