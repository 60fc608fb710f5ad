package sightline.figure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import sightline.analysis.StudySummary;

/** The report as one page of HTML that needs nothing beside it and asks no network. */
final class ReportPage {
    private static final String LIBRARY = "/META-INF/maven/org.mvnpm/echarts/pom.properties";

    private ReportPage() {}

    static String html(StudySummary report) {
        return resource("report.html")
                .replace("{{style}}", resource("report.css"))
                .replace("{{script}}", resource("report.js"))
                .replace("{{inside}}", resource("inside.js"))
                .replace("{{echarts}}", inScript(charts()))
                // Last, since questions and answers may hold anything.
                .replace("{{data}}", ReportData.json(report).replace("<", "\\u003c"));
    }

    /** No text inside a script may end it. */
    private static String inScript(String script) {
        return script.replace("</script", "<\\/script");
    }

    private static String charts() {
        return read("/META-INF/resources/_static/echarts/" + version() + "/dist/echarts.min.js");
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

    private static String resource(String name) {
        return read("/sightline/figure/" + name).stripTrailing();
    }

    private static String read(String path) {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) {
        InputStream in = ReportPage.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException(path + " is missing from the class path");
        }
        return in;
    }
}
