package sightline.ask;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import sightline.error.InputException;
import sightline.files.StrictJson;
import sightline.files.WholeFile;
import sightline.option.NewFolder;

/** The folder that {@code ask} writes files into, which is there when all of them are; or none, if none was asked for. */
public final class OutFolder implements AutoCloseable {
    /** Room for some pictures. */
    private static final long BYTES = 1L << 26;

    private final Optional<NewFolder> folder;

    private OutFolder(Optional<NewFolder> folder) {
        this.folder = folder;
    }

    /**
     * Begins the folder.
     *
     * @param named by {@code --out}
     * @throws InputException if it holds something, or cannot be made
     */
    static OutFolder begin(Optional<Path> named) {
        return new OutFolder(named.map(path -> NewFolder.begin("--out", path, BYTES)));
    }

    /** None. */
    public static OutFolder none() {
        return begin(Optional.empty());
    }

    /** Whether files are asked for. */
    boolean wanted() {
        return folder.isPresent();
    }

    /**
     * Writes a file, if files are asked for.
     *
     * @param name new in this folder
     */
    void write(String name, WholeFile.Content content) {
        folder.ifPresent(open -> {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(open.path().resolve(name), StandardOpenOption.CREATE_NEW))) {
                content.writeTo(out);
            } catch (IOException e) {
                throw new InputException(
                        "--out", name + " cannot be written: " + StrictJson.reason(e), "", "Check the disk", e);
            }
        });
    }

    /** All is written. */
    void finish() {
        folder.ifPresent(NewFolder::finish);
    }

    @Override
    public void close() {
        folder.ifPresent(NewFolder::close);
    }
}
