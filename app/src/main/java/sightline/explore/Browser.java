package sightline.explore;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Opens a page in the user's browser, if there is one. */
final class Browser {
    private Browser() {}

    /** Tries; the address is printed in any case. */
    static void open(String url) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", url)
                : system.contains("win")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                        : List.of("xdg-open", url);
        boolean display = system.contains("mac")
                || system.contains("win")
                || System.getenv("DISPLAY") != null
                || System.getenv("WAYLAND_DISPLAY") != null;
        if (!display) {
            return;
        }
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // No such program: whoever reads the address opens it.
        }
    }
}
