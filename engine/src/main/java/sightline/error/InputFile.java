package sightline.error;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What may be opened as a file of the user's. */
public final class InputFile {
    private InputFile() {}

    /**
     * The file itself, unless it is a pipe, a socket or a device: opening or reading one may never come back. Links are
     * followed. A file that is missing, a folder, or one that cannot be looked at passes: opening it says why.
     *
     * @throws InputException if it is a pipe, a socket or a device
     */
    public static Path regular(Path file) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            return file;
        }
        if (attributes.isOther()) {
            throw new InputException(
                    file.toString(),
                    "is a pipe, a socket or a device",
                    "a regular file, or a link to one",
                    "Write what it gives to a file, and name that");
        }
        return file;
    }
}
