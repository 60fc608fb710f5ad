package sightline.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.files.StrictJson;

/** What {@code score} may replace where the user names the file: its own earlier lists, which begin like no other file. */
final class EarlierScores {
    private static final int BEGINNING = 3;

    private EarlierScores() {}

    /**
     * Refuses a file that is something else.
     *
     * @param option that names it
     */
    static Path require(String option, Path file) {
        if (!Files.isRegularFile(file)) {
            return file; // new, or for the writer to refuse
        }
        try (InputStream in = Files.newInputStream(InputFile.regular(file))) {
            String begin = new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
            boolean list = begin.isEmpty() || begin.equals("[\n{") || begin.equals("[]\n");
            if (list && !Files.isDirectory(file.resolveSibling(file.getFileName() + ".run"))) {
                return file;
            }
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be read: " + StrictJson.reason(e), "a new file", "Choose another name", e);
        }
        throw new InputException(
                option,
                "is " + file + ", which is there and which score has not written",
                "a new file, or one of an earlier score",
                "Choose another name, or move that file away");
    }
}
