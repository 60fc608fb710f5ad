package sightline.explore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sightline.error.InputException;
import sightline.training.DemoCheckpoint;

/** The demo's checkpoint in a folder of its own, which is deleted at the end. */
final class DemoFiles implements AutoCloseable {
    private Optional<Path> folder = Optional.empty();

    /** The checkpoint's folder; unpacked when it is first asked for. */
    synchronized Path checkpoint() {
        if (folder.isEmpty()) {
            try {
                Path made = Files.createTempDirectory("sightline-explore-");
                folder = Optional.of(made);
                DemoCheckpoint.writeTo(made.resolve("demo"));
            } catch (IOException e) {
                throw new InputException(
                        System.getProperty("java.io.tmpdir"),
                        "cannot take the demo's model: " + e.getMessage(),
                        "a folder with 5 MB free",
                        "Free some space, or give a checkpoint with --model",
                        e);
            }
        }
        return folder.get().resolve("demo");
    }

    @Override
    public synchronized void close() {
        folder.ifPresent(path -> {
            try (Stream<Path> all = Files.walk(path)) {
                List<Path> files = all.sorted(Comparator.reverseOrder()).toList();
                for (Path file : files) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                // A temporary folder: the system clears it.
            }
        });
        folder = Optional.empty();
    }
}
