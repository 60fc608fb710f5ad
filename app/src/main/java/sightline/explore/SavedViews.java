package sightline.explore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The folder of {@code --export}. */
final class SavedViews {
    private final Optional<Path> folder;

    SavedViews(Optional<Path> folder) {
        this.folder = folder;
    }

    boolean isEmpty() {
        return folder.isEmpty();
    }

    /**
     * Saves a view under the first name that is free, if there is a folder.
     *
     * @return the name
     */
    Optional<String> save(String page) throws IOException {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        for (int number = 1; ; number++) {
            String name = "view-" + number + ".html";
            try {
                Files.write(
                        folder.get().resolve(name),
                        page.getBytes(StandardCharsets.UTF_8),
                        StandardOpenOption.CREATE_NEW);
                return Optional.of(name);
            } catch (FileAlreadyExistsException e) {
                // The next one.
            }
        }
    }
}
