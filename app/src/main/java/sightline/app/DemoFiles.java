package sightline.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import sightline.error.InputException;

/**
 * The demo's checkpoint and picture in a temporary folder, since weights are mapped from files. The folder is deleted by
 * {@link #close()}, and also if the process is interrupted.
 */
final class DemoFiles implements AutoCloseable {
    private static final String IMAGE = "astronaut.png";
    private static final List<String> CHECKPOINT = List.of(
            "config.json",
            "generation_config.json",
            "preprocessor_config.json",
            "chat_template.json",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "model.safetensors");

    private final Path folder;
    private final Thread onInterrupt;

    private DemoFiles(Path folder) {
        this.folder = folder;
        this.onInterrupt = new Thread(() -> delete(folder), "demo files");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /**
     * Writes the files.
     *
     * @throws InputException if the temporary folder cannot be written to
     */
    static DemoFiles unpack() {
        Path folder;
        try {
            folder = Files.createTempDirectory("sightline-demo-");
        } catch (IOException e) {
            throw unwritable(e);
        }
        DemoFiles files = new DemoFiles(folder);
        try {
            Files.createDirectory(files.checkpoint());
            for (String name : CHECKPOINT) {
                copy("checkpoint/" + name, files.checkpoint().resolve(name));
            }
            copy(IMAGE, files.image());
            return files;
        } catch (IOException e) {
            files.close();
            throw unwritable(e);
        }
    }

    private static InputException unwritable(IOException e) {
        return new InputException(
                System.getProperty("java.io.tmpdir"),
                "cannot take the demo's files: " + e.getMessage(),
                "a folder that can be written to, with 4 MB free",
                "Free some space, or choose another with SIGHTLINE_JAVA_OPTS=-Djava.io.tmpdir=DIR",
                e);
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = DemoFiles.class.getResourceAsStream("/demo/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks /demo/" + resource);
            }
            Files.copy(in, to);
        }
    }

    /** The checkpoint's folder. */
    Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    /** The picture's file. */
    Path image() {
        return folder.resolve(IMAGE);
    }

    @Override
    public void close() {
        delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has run or will.
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A file that cannot be deleted is left to the system's own cleaning of temporary folders.
        }
    }
}
