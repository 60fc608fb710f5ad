package sightline.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import sightline.error.InputException;
import sightline.error.InputFile;

/** The list of {@link OwnFiles}: JSON lines, blank ones between them. Several processes may add to it at once. */
final class WrittenList implements AutoCloseable {
    private final Path file;
    private final Map<String, Set<Content>> contents = new LinkedHashMap<>();
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
                throw OwnFiles.unreadable(file, e);
            }
        }
    }

    WrittenList(Path file) {
        this.file = file;
        read();
    }

    /** Reads it again. What is no entry counts for nothing, so that its file, if there is one, is the user's. */
    void read() {
        try {
            if (Files.exists(file)) {
                Files.readString(InputFile.regular(file), StandardCharsets.ISO_8859_1)
                        .lines()
                        .forEach(this::read);
            }
        } catch (IOException e) {
            throw OwnFiles.unreadable(file, e);
        }
    }

    private void read(String line) {
        try {
            JsonNode entry = StrictJson.MAPPER.readTree(line.getBytes(StandardCharsets.ISO_8859_1));
            JsonNode name = entry.path("file");
            JsonNode size = entry.path("size");
            JsonNode sha256 = entry.path("sha256");
            if (name.isTextual() && isInside(name.textValue()) && size.isIntegralNumber() && sha256.isTextual()) {
                put(name.textValue(), new Content(size.longValue(), sha256.textValue()));
            }
        } catch (IOException e) {
            // a kill has left half a line
        }
    }

    private static boolean isInside(String name) {
        try {
            Path path = Path.of(name);
            return !name.isEmpty() && !path.isAbsolute() && path.normalize().equals(path) && !path.startsWith("..");
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** What a file of this name has held; nothing if it is not listed. */
    Set<Content> of(String name) {
        return contents.getOrDefault(name, Set.of());
    }

    Set<String> names() {
        return Set.copyOf(contents.keySet());
    }

    /** Notes a content, until {@link #append} or {@link #rewrite} in memory alone. */
    void put(String name, Content content) {
        contents.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(content);
    }

    void remove(String name) {
        contents.remove(name);
    }

    /** Notes a content: on the disk when this returns. */
    void append(String name, Content content) {
        if (of(name).contains(content)) {
            return;
        }
        try {
            if (out == null) {
                out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            // in one piece, behind a line break for what a kill may have left: other shards append too
            ByteBuffer line = ByteBuffer.wrap(("\n" + json(name, content) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(false);
        } catch (IOException e) {
            throw new InputException(
                    file.toString(),
                    "cannot be written: " + StrictJson.reason(e),
                    "a folder that can be written to, with room on its disk",
                    "Mend that and give the same command again",
                    e);
        }
        put(name, content);
    }

    /** Writes all of it anew; an empty one is deleted. Nobody else may be adding. */
    void rewrite() throws IOException {
        close();
        if (contents.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        WholeFile.write(file, stream -> {
            for (Map.Entry<String, Set<Content>> entry : contents.entrySet()) {
                for (Content content : entry.getValue()) {
                    stream.write((json(entry.getKey(), content) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        });
    }

    private static ObjectNode json(String name, Content content) {
        return StrictJson.MAPPER
                .createObjectNode()
                .put("file", name)
                .put("size", content.size())
                .put("sha256", content.sha256());
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
                out = null;
            }
        } catch (IOException e) {
            throw OwnFiles.unreadable(file, e);
        }
    }
}
