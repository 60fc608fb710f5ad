package sightline.cuda;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.device.CudaLibrary;
import sightline.device.Machine;
import sightline.error.InputException;

/** Python's installer, which fetches packages from wherever the user has set it up to. */
final class Pip {
    private static final String PYTHON = "python3";
    private static final Set<String> OTHER_TARGETS =
            Set.of("PIP_PREFIX", "PIP_TARGET", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV");
    private static final String OTHERWISE = ", or name a folder that has the libraries in SIGHTLINE_CUDA_LIBS";

    private final Path python;
    private final Map<String, String> environment;

    private Pip(Path python, Map<String, String> environment) {
        this.python = python;
        this.environment = environment;
    }

    /** @throws InputException if there is no Python on the PATH, or it has no pip */
    static Pip found(Machine machine) throws IOException, InterruptedException {
        Path python = machine.program(PYTHON)
                .orElseThrow(() -> new InputException(
                        PYTHON,
                        "is not on the PATH",
                        "Python 3 with pip, which fetches NVIDIA's libraries",
                        "Install it (python3-pip on Debian and Ubuntu)" + OTHERWISE));
        Pip pip = new Pip(python, machine.environment());
        if (pip.run(List.of("--version")).status() != 0) {
            throw new InputException(
                    PYTHON,
                    "has no pip",
                    "pip, which fetches NVIDIA's libraries",
                    "Install it (python3-pip on Debian and Ubuntu, or python3 -m ensurepip)" + OTHERWISE);
        }
        return pip;
    }

    /**
     * Puts a library's package into a folder of its own, whole or not at all.
     *
     * @param folder it is made in this one; nothing that lies there is changed
     * @throws InputException if pip cannot bring it, or something of its name lies there
     */
    void install(CudaLibrary library, Path folder) throws IOException, InterruptedException {
        Path target = folder.resolve(library.wheel());
        if (Files.exists(target)) {
            throw new InputException(
                    target.toString(),
                    "is there, but lacks " + library.file(),
                    "nothing of this name, since nothing is overwritten",
                    "Move it away");
        }
        Path partial = folder.resolve(".partial"); // not among what is searched
        delete(partial); // of one that was killed
        try {
            List<String> install = List.of(
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-input",
                    "--no-cache-dir",
                    "--no-deps",
                    "--only-binary",
                    ":all:",
                    "--target",
                    partial.toString(),
                    library.requirement());
            Ended ended = run(install);
            if (ended.status() != 0) {
                throw new InputException(
                        "pip",
                        "could not bring " + library.wheel() + ": " + ended.lastLine(),
                        "",
                        "See what `python3 -m pip download --no-deps '" + library.requirement() + "'` says"
                                + OTHERWISE);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(partial);
        }
    }

    private record Ended(int status, List<String> lines) {
        String lastLine() {
            return lines.isEmpty() ? "it ended with " + status : lines.get(lines.size() - 1);
        }
    }

    private Ended run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python.toString(), "-m", "pip"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Map<String, String> ours = builder.environment();
        ours.keySet().removeAll(OTHER_TARGETS); // pip refuses them beside a target
        ours.put("PIP_USER", "0"); // set in a file, perhaps
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset())
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return new Ended(process.waitFor(), lines);
        } finally {
            process.destroy();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, IOException e) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
