package sightline.device;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What is looked at of a machine to find NVIDIA's libraries and driver.
 *
 * @param root the folder that stands for {@code /}
 * @param environment the environment variables
 * @param pythonPath where the Python on the PATH looks for packages; asked only when it is needed
 */
public record Machine(Path root, Map<String, String> environment, Supplier<List<Path>> pythonPath) {
    private static final long PYTHON_SECONDS = 20;

    /** This one. */
    public static Machine here() {
        return new Machine(Path.of("/"), System.getenv(), Machine::askPython);
    }

    /** A file or folder by its absolute path. */
    Path at(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** A variable that is set to something. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** The folders of a variable like LD_LIBRARY_PATH. */
    List<Path> folders(String name) {
        return variable(name).stream()
                .flatMap(value -> Arrays.stream(value.split(File.pathSeparator)))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList();
    }

    /** A program on the PATH. */
    public Optional<Path> program(String name) {
        return folders("PATH").stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Our own folder of libraries, for what pip installs with {@code --target}; empty if there is no home folder. */
    public Optional<Path> ownFolder() {
        return variable("XDG_CACHE_HOME")
                .or(() -> variable("HOME").map(home -> home + "/.cache"))
                .map(cache -> Path.of(cache, "sightline", "cuda"));
    }

    /** No Python, or one that does not answer, has no packages for us. */
    private static List<Path> askPython() {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import sys; print('\\n'.join(sys.path))")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .start();
            python.getOutputStream().close();
            if (!python.waitFor(PYTHON_SECONDS, TimeUnit.SECONDS)) {
                python.destroyForcibly();
                return List.of();
            }
            List<Path> folders = new ArrayList<>();
            new String(python.getInputStream().readAllBytes(), Charset.defaultCharset())
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(Path::of)
                    .filter(Files::isDirectory)
                    .forEach(folders::add);
            return folders;
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
