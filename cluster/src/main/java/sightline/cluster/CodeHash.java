package sightline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sightline.answering.Job;
import sightline.tensor.ComputeDevice;

/** A hash over the classes and resources that an executor works with: those of the engine, the study and this module. */
final class CodeHash {
    private static final int SHOWN = 12;

    private CodeHash() {}

    static String here() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Class<?> one : List.of(ComputeDevice.class, Job.class, CodeHash.class)) {
                add(
                        digest,
                        one.getProtectionDomain().getCodeSource().getLocation().toURI());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException | URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param location a jar, or a folder of classes */
    private static void add(MessageDigest digest, URI location) throws IOException {
        Path path = Path.of(location);
        if (Files.isDirectory(path)) {
            addAll(digest, path);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
                addAll(digest, jar.getPath("/"));
            }
        }
    }

    private static void addAll(MessageDigest digest, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> sorted = files.filter(Files::isRegularFile)
                    .filter(file -> !root.relativize(file).startsWith("META-INF")) // who built it, and when
                    .sorted()
                    .toList();
            for (Path file : sorted) {
                digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
    }
}
