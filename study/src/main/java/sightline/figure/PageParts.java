package sightline.figure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What the report's page and the explorer share: the charts' library, and scripts and styles of their own. */
public final class PageParts {
    private static final String LIBRARY = "/META-INF/maven/org.mvnpm/echarts/pom.properties";

    private PageParts() {}

    /** The library that draws charts, as one script. */
    public static String charts() {
        return read("/META-INF/resources/_static/echarts/" + version() + "/dist/echarts.min.js");
    }

    /** A script or style that pages share. */
    public static String shared(String name) {
        return read("/sightline/figure/" + name).stripTrailing();
    }

    /** A module as a part of one larger script: what it imports is declared in the same one. */
    public static String classic(String module) {
        return module.replaceAll("(?m)^import [^\n]*\n", "").replaceAll("(?m)^export ", "");
    }

    /** No text inside a script may end it. */
    public static String inScript(String script) {
        return script.replace("</script", "<\\/script");
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = open(LIBRARY)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static String read(String path) {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) {
        InputStream in = PageParts.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException(path + " is missing from the class path");
        }
        return in;
    }
}
