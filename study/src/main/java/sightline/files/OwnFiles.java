package sightline.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sightline.error.InputException;
import sightline.files.WrittenList.Content;

/**
 * Which files of a folder we wrote: a list in it has the name, size and SHA-256 of each. What is not in the list, or has
 * another content by now, is the user's, whatever its name: it is neither overwritten nor deleted.
 *
 * <p>A file is listed before it gets its name, so that a kill leaves none of ours that looks like somebody else's.
 */
public final class OwnFiles implements AutoCloseable {
    /** The list's name in its folder: JSON lines, blank ones between them. */
    public static final String LIST = ".sightline-files";

    /** What desktops leave in folders that they show. */
    private static final Set<String> DEBRIS = Set.of(".DS_Store", "Thumbs.db", "desktop.ini", ".directory");

    private final Path folder;
    private final Path list;
    private final boolean deep;
    private final WrittenList written;

    private OwnFiles(Path list, Path folder, boolean deep) {
        this.list = list;
        this.folder = folder;
        this.deep = deep;
        written = new WrittenList(list);
    }

    /**
     * The files of a folder, which need not be there yet; the list lies in it.
     *
     * @throws InputException if there is a list that cannot be read
     */
    public static OwnFiles in(Path folder) {
        return new OwnFiles(folder.resolve(LIST), folder, false);
    }

    /** The same where the list lies in another folder than the files. */
    public static OwnFiles in(Path folder, Path listed) {
        return new OwnFiles(listed.resolve(LIST), folder, false);
    }

    /** The same with the files of lists in folders within this one: a report inside a demo may have been made anew. */
    public static OwnFiles allIn(Path folder) {
        return new OwnFiles(folder.resolve(LIST), folder, true);
    }

    private String name(Path file) {
        String name = folder.toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize())
                .toString();
        return name.replace(file.getFileSystem().getSeparator(), "/");
    }

    /** Whether a file is there, and we wrote what it holds. */
    private boolean has(Path file) {
        Set<Content> known = written.of(name(file));
        if (known.isEmpty() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            long size = Files.size(file);
            return known.stream().anyMatch(content -> content.size() == size) && known.contains(Content.of(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Refuses to go on if a file is there that we did not write.
     *
     * @throws InputException that says so
     */
    public void requireOwn(Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || has(file)) {
            return;
        }
        written.read(); // another process of ours may have written it just now
        if (!has(file)) {
            throw foreign(file);
        }
    }

    /** Whether we have once written a file of this name, whatever it holds now. */
    public boolean isListed(Path file) {
        return !written.of(name(file)).isEmpty();
    }

    /**
     * Deletes a file of ours, if it is there.
     *
     * @throws InputException if one is there that we did not write
     */
    public void delete(Path file) throws IOException {
        requireOwn(file);
        Files.deleteIfExists(file);
    }

    private InputException foreign(Path file) {
        boolean changed = isListed(file);
        return new InputException(
                file.toString(),
                changed
                        ? "was changed since Sightline wrote it, and would be lost"
                        : "would be overwritten, and no list says that Sightline wrote it (it is yours, of an earlier version, or was moved without its list)",
                "a place where nothing of yours is lost",
                "Move that file away, or choose another --out");
    }

    /** The first file of a folder, by name and at any depth, that is not ours; {@code skipped} are not looked at. */
    public Optional<Path> firstForeign(Path inside, Predicate<Path> skipped) {
        if (!Files.isDirectory(inside)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(inside)) {
            List<Path> there = files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
            List<OwnFiles> within = within(there);
            return there.stream()
                    .filter(file ->
                            !isDebris(file) && !file.equals(list) && !(deep && isList(file)) && !skipped.test(file))
                    .filter(file -> !has(file) && within.stream().noneMatch(own -> own.has(file)))
                    .findFirst();
        } catch (IOException e) {
            throw unreadable(inside, e);
        } catch (UncheckedIOException e) {
            throw unreadable(inside, e.getCause());
        }
    }

    private List<OwnFiles> within(List<Path> files) {
        return files.stream()
                .filter(file -> deep && isList(file) && !file.equals(list))
                .map(file -> in(file.getParent()))
                .toList();
    }

    private static boolean isList(Path file) {
        return file.getFileName().toString().equals(LIST);
    }

    /** Whether a file is what desktops, or a kill in the middle of {@link WholeFile}, leave. */
    private static boolean isDebris(Path file) {
        String name = file.getFileName().toString();
        return DEBRIS.contains(name) || WholeFile.isPartial(name);
    }

    /** Notes a file that gets its name next. */
    void add(Path file, Content content) {
        written.append(name(file), content);
    }

    /**
     * Deletes all files that are ours, the folders in which they were if nothing else is left there, and the list. What is
     * not ours stays.
     */
    public void deleteAll() {
        deleteAllBut(List.of());
    }

    /** The same without some, which are listed on. */
    public void deleteAllBut(List<Path> kept) {
        Set<String> names = new HashSet<>();
        kept.forEach(file -> names.add(name(file)));
        try (Stream<Path> files = deep && Files.isDirectory(folder) ? Files.walk(folder) : Stream.empty()) {
            within(files.filter(Files::isRegularFile).toList()).forEach(OwnFiles::deleteAll);
            for (String name : written.names()) {
                Path file = folder.resolve(name);
                if (!names.contains(name)) {
                    if (has(file)) {
                        Files.delete(file);
                    }
                    Files.deleteIfExists(WholeFile.partial(file));
                }
            }
            deleteEmptyFolders();
            written.names().forEach(written::remove);
            for (String name : names) {
                written.put(name, Content.of(folder.resolve(name)));
            }
            written.rewrite();
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw new InputException(
                    folder.toString(),
                    "cannot be emptied of what an earlier call wrote: " + StrictJson.reason(e),
                    "a folder that can be written to",
                    "Check its permissions, or choose another --out",
                    e);
        }
    }

    private void deleteEmptyFolders() throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (String name : written.names()) {
            for (Path in = folder.resolve(name).getParent(); !in.equals(folder); in = in.getParent()) {
                folders.add(in);
            }
        }
        List<Path> deepestFirst = new ArrayList<>(folders);
        deepestFirst.sort(Comparator.comparingInt(Path::getNameCount).reversed());
        for (Path in : deepestFirst) {
            if (Files.isDirectory(in, LinkOption.NOFOLLOW_LINKS)
                    && Folders.other(in, name -> false).isEmpty()) {
                Files.delete(in);
            }
        }
    }

    /**
     * Lists all files that are in some folders now as ours: files that nobody else has written into meanwhile.
     *
     * @param insides folders or files; those that are not there are left out
     */
    public void addAll(List<Path> insides) {
        for (Path inside : insides) {
            try (Stream<Path> files = Files.walk(inside)) {
                files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !isDebris(file))
                        .forEach(file -> written.put(name(file), Content.of(file)));
            } catch (NoSuchFileException e) {
                // nothing was written there
            } catch (IOException e) {
                throw unreadable(inside, e);
            } catch (UncheckedIOException e) {
                throw unreadable(inside, e.getCause());
            }
        }
        try {
            written.rewrite();
        } catch (IOException e) {
            throw unreadable(list, e);
        }
    }

    static InputException unreadable(Path file, IOException e) {
        return new InputException(
                file.toString(),
                "cannot be read: " + StrictJson.reason(e),
                "a readable file",
                "Check its permissions",
                e);
    }

    @Override
    public void close() {
        written.close();
    }
}
