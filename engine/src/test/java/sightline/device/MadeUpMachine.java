package sightline.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A machine of folders and files without contents. */
final class MadeUpMachine {
    private final Path root;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Path> pythonPath = new ArrayList<>();

    MadeUpMachine(Path root) {
        this.root = root;
    }

    MadeUpMachine with(String absolute) {
        return with(absolute, "");
    }

    MadeUpMachine with(String absolute, String text) {
        Path file = path(absolute);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** A variable whose value is a path within this machine. */
    MadeUpMachine variable(String name, String absolute) {
        environment.put(name, path(absolute).toString());
        return this;
    }

    MadeUpMachine python(String absolute) {
        pythonPath.add(path(absolute));
        return this;
    }

    Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    Machine machine() {
        return new Machine(root, environment, () -> pythonPath);
    }
}
