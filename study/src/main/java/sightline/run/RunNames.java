package sightline.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.error.InputException;

/** What to call runs that stand side by side. */
final class RunNames {
    /** What a study calls its run, so that it tells nothing. */
    private static final String STUDY_RUN = "run";

    private RunNames() {}

    /**
     * The shortest end of each path that no other one has: {@code a/run} and {@code b/run}. A path whose own name would be
     * {@code run} is called after the folder that it lies in, unless another one is called so.
     *
     * @throws InputException if two are the same folder
     */
    static List<String> of(List<Path> folders) {
        requireDistinct(folders);
        List<Path> paths = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
        List<String> names = new ArrayList<>();
        paths.forEach(path -> names.add(shortest(path, paths)));
        for (int i = 0; i < paths.size(); i++) {
            Path study = paths.get(i).getParent();
            if (names.get(i).equals(STUDY_RUN) && study != null && study.getFileName() != null) {
                String name = study.getFileName().toString();
                names.set(i, names.contains(name) ? end(paths.get(i), 2) : name);
            }
        }
        return names;
    }

    private static void requireDistinct(List<Path> folders) {
        Map<Path, Path> seen = new LinkedHashMap<>();
        for (Path folder : folders) {
            Path same = seen.putIfAbsent(real(folder), folder);
            if (same != null) {
                throw new InputException(
                        folder.toString(),
                        "is given twice" + (same.equals(folder) ? "" : ", also as " + same),
                        "each run once",
                        "Leave one out");
            }
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize(); // that it is not there is told when it is read
        }
    }

    private static String shortest(Path path, List<Path> all) {
        for (int length = 1; length <= path.getNameCount(); length++) {
            String end = end(path, length);
            int names = length;
            if (all.stream().filter(other -> end(other, names).equals(end)).count() == 1) {
                return end;
            }
        }
        return path.toString();
    }

    /** A path's last names, or all where it has fewer. */
    private static String end(Path path, int length) {
        int count = path.getNameCount();
        return count == 0
                ? path.toString()
                : path.subpath(Math.max(0, count - length), count).toString();
    }
}
