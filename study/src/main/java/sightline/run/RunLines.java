package sightline.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import sightline.error.InputException;
import sightline.files.Json;

/** The lines of a run's journals that are of samples still in its dataset. */
final class RunLines {
    private RunLines() {}

    /** Takes one line. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {
        void line(TracedLine line) throws E;
    }

    /**
     * Visits journal after journal.
     *
     * @throws InputException if a journal cannot be read, or a line in it cannot be used
     */
    static <E extends Exception> void visit(RunFacts facts, Visitor<E> visitor) throws E {
        RunFolder folder = new RunFolder(facts.folder());
        Optional<CurrentSamples> current = CurrentSamples.read(folder);
        for (Path journal : folder.journals()) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(journal), 1 << 16)) {
                long number = 1;
                for (byte[] bytes = line(in); bytes != null; bytes = line(in)) {
                    if (bytes.length > 0) {
                        TracedLine line = TracedLine.parse(bytes, journal, number, facts.layers());
                        if (current.isEmpty() || current.get().has(line.id(), line.identity())) {
                            visitor.line(line);
                        }
                    }
                    number++;
                }
            } catch (IOException e) {
                throw new InputException(
                        journal.toString(),
                        "cannot be read: " + Json.reason(e),
                        "a run's journal",
                        "Check the disk",
                        e);
            }
        }
    }

    /** The next whole line without its end; null if there is none. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 12);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toByteArray();
            }
            line.write(next);
        }
        return null;
    }
}
