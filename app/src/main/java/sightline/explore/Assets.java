package sightline.explore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.figure.PageParts;

/** The page's own files, by name; read from the jar, never from a path that a request names. */
final class Assets {
    static final String PAGE = "index.html";
    private static final String FOLDER = "/sightline/explore/";

    /** The scripts in the order in which one may use what another declares. */
    static final List<String> SCRIPTS = scripts();

    private final Map<String, String> texts = new LinkedHashMap<>();

    Assets() {
        texts.put("echarts.js", PageParts.charts());
        texts.put("evidence.js", PageParts.shared("evidence.js"));
        texts.put("evidence.css", PageParts.shared("evidence.css"));
        texts.put("explore.css", read("explore.css"));
        SCRIPTS.forEach(name -> texts.put(name, read(name)));
        texts.put(PAGE, read(PAGE));
    }

    private static List<String> scripts() {
        return read("scripts.txt").lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * A file.
     *
     * @throws RequestRefusal if there is none of that name
     */
    String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new RequestRefusal(RequestRefusal.MISSING, "There is no such page.");
        }
        return text;
    }

    static String type(String name) {
        return name.endsWith(".css") ? "text/css" : name.endsWith(".html") ? "text/html" : "text/javascript";
    }

    private static String read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
