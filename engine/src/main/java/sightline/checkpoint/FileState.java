package sightline.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sightline.error.InputException;

/**
 * What tells that a file was written to or replaced, without reading it. A writer may set the time of modification as he
 * likes, but not that of the last change of the file's entry, which every write, also through a mapping, moves on. Where a
 * system does not tell that time (Windows), it equals the former.
 *
 * @param name without folders
 * @param size in bytes
 * @param modified in nanoseconds since 1970
 * @param changed in nanoseconds since 1970
 * @param key that another file of the same name would not have; empty if the system has none
 */
record FileState(String name, long size, long modified, long changed, String key) {
    /**
     * The state of a file now; links are followed. Empty if there is none.
     *
     * @throws InputException if the system does not tell it
     */
    static Optional<FileState> of(Path file) {
        try {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
            FileTime changed = changed(file).orElse(basic.lastModifiedTime());
            return Optional.of(new FileState(
                    String.valueOf(file.getFileName()),
                    basic.size(),
                    basic.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    changed.to(TimeUnit.NANOSECONDS),
                    basic.fileKey() == null ? "" : basic.fileKey().toString()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be read: " + e, "a readable file", "Check its permissions", e);
        }
    }

    private static Optional<FileTime> changed(Path file) throws IOException {
        try {
            Map<String, Object> attributes = Files.readAttributes(file, "unix:ctime");
            return Optional.of((FileTime) attributes.get("ctime"));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty(); // no such view on this system
        }
    }

    /** The latest of its times, in nanoseconds since 1970. */
    long latest() {
        return Math.max(modified, changed);
    }
}
