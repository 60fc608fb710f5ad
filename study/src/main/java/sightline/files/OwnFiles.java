package sightline.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sightline.error.InputException;

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
    private final Map<String, Set<Content>> contents = new LinkedHashMap<>();
    private final boolean deep;
    private FileChannel out;

    /**
     * What a file holds.
     *
     * @param size in bytes
     * @param sha256 of them, in lower-case hex
     */
    record Content(long size, String sha256) {
        static Content of(Path file) {
            try {
                return new Content(Files.size(file), FileHash.of(file));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
    }

    private OwnFiles(Path list, Path folder, boolean deep) {
        this.list = list;
        this.folder = folder;
        this.deep = deep;
        read();
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

    /** What is no entry counts for nothing, so that its file, if there is one, is the user's. */
    private void read() {
        try {
            if (Files.exists(list)) {
                Files.readString(list, StandardCharsets.ISO_8859_1).lines().forEach(this::read);
            }
        } catch (IOException e) {
            throw unreadable(list, e);
        }
    }

    private void read(String line) {
        try {
            JsonNode entry = Json.MAPPER.readTree(line.getBytes(StandardCharsets.ISO_8859_1));
            JsonNode file = entry.path("file");
            if (file.isTextual()
                    && isInside(file.textValue())
                    && entry.path("size").isIntegralNumber()
                    && entry.path("sha256").isTextual()) {
                add(
                        file.textValue(),
                        new Content(
                                entry.get("size").longValue(),
                                entry.get("sha256").textValue()));
            }
        } catch (IOException e) {
            // a kill has left half a line
        }
    }

    private boolean isInside(String name) {
        try {
            Path file = Path.of(name);
            return !name.isEmpty() && !file.isAbsolute() && file.normalize().equals(file) && !file.startsWith("..");
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void add(String name, Content content) {
        Set<Content> known = new LinkedHashSet<>(contents.getOrDefault(name, Set.of()));
        known.add(content);
        contents.put(name, known);
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
        Set<Content> known = contents.getOrDefault(name(file), Set.of());
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
        read(); // another process of ours may have written it just now
        if (!has(file)) {
            throw foreign(file);
        }
    }

    /** Whether we have once written a file of this name, whatever it holds now. */
    public boolean isListed(Path file) {
        return contents.containsKey(name(file));
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
                        : "would be overwritten, and Sightline has not written it",
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
        String name = name(file);
        if (contents.getOrDefault(name, Set.of()).contains(content)) {
            return;
        }
        try {
            if (out == null) {
                out = FileChannel.open(list, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            // in one piece, behind a line break for what a kill may have left: other shards append too
            ByteBuffer line = ByteBuffer.wrap(("\n" + json(name, content) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(false);
        } catch (IOException e) {
            throw new InputException(
                    list.toString(),
                    "cannot be written: " + Json.reason(e),
                    "a folder that can be written to, with room on its disk",
                    "Mend that and give the same command again",
                    e);
        }
        add(name, content);
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
        close();
        Set<String> names = new HashSet<>();
        kept.forEach(file -> names.add(name(file)));
        try (Stream<Path> files = deep && Files.isDirectory(folder) ? Files.walk(folder) : Stream.empty()) {
            within(files.filter(Files::isRegularFile).toList()).forEach(OwnFiles::deleteAll);
            for (String name : contents.keySet()) {
                Path file = folder.resolve(name);
                if (!names.contains(name)) {
                    if (has(file)) {
                        Files.delete(file);
                    }
                    Files.deleteIfExists(WholeFile.partial(file));
                }
            }
            deleteEmptyFolders();
            contents.keySet().retainAll(names);
            contents.replaceAll((name, known) -> Set.of(Content.of(folder.resolve(name))));
            if (contents.isEmpty()) {
                Files.deleteIfExists(list);
            } else {
                writeList();
            }
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw new InputException(
                    folder.toString(),
                    "cannot be emptied of what an earlier call wrote: " + Json.reason(e),
                    "a folder that can be written to",
                    "Check its permissions, or choose another --out",
                    e);
        }
    }

    private void deleteEmptyFolders() throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (String name : contents.keySet()) {
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
        close();
        for (Path inside : insides) {
            try (Stream<Path> files = Files.walk(inside)) {
                files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !isDebris(file))
                        .forEach(file -> add(name(file), Content.of(file)));
            } catch (NoSuchFileException e) {
                // nothing was written there
            } catch (IOException e) {
                throw unreadable(inside, e);
            } catch (UncheckedIOException e) {
                throw unreadable(inside, e.getCause());
            }
        }
        writeList();
    }

    private void writeList() {
        WholeFile.write(list, out -> {
            for (Map.Entry<String, Set<Content>> file : contents.entrySet()) {
                for (Content content : file.getValue()) {
                    out.write((json(file.getKey(), content) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        });
    }

    private static ObjectNode json(String name, Content content) {
        return Json.MAPPER
                .createObjectNode()
                .put("file", name)
                .put("size", content.size())
                .put("sha256", content.sha256());
    }

    private static InputException unreadable(Path file, IOException e) {
        return new InputException(
                file.toString(), "cannot be read: " + Json.reason(e), "a readable file", "Check its permissions", e);
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
                out = null;
            }
        } catch (IOException e) {
            throw unreadable(list, e);
        }
    }
}
