package sightline.files;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import sightline.error.InputFile;

/** Strict JSON, and what to say when a file cannot be read or written. */
public final class StrictJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER) // the same numbers; journals hold millions
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    static {
        // An answer of 512 tokens traced along many pathways is a long line, but no attack.
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(Long.MAX_VALUE)
                        .build());
    }

    private StrictJson() {}

    /**
     * Reads a whole file of one value.
     *
     * @throws com.fasterxml.jackson.core.JacksonException if it is no strict JSON
     */
    public static JsonNode read(Path file) throws IOException {
        return MAPPER.readTree(Files.readAllBytes(InputFile.regular(file)));
    }

    /** Why the disk did not do it; the file is named elsewhere. */
    public static String reason(Exception e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (e instanceof NotDirectoryException) {
            return "is no folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "is there already";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "is a folder that is not empty";
        }
        if (e instanceof FileSystemLoopException) {
            return "is a link that leads back to itself";
        }
        if (e instanceof CharacterCodingException) {
            return "is not UTF-8";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return e instanceof FileSystemException || e.getMessage() == null ? "the system refused it" : e.getMessage();
    }

    /** What is wrong with a text that is no strict JSON, and where; or that it is, but beyond what is read here. */
    public static String problem(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return "goes beyond what is read here: " + limit(e.getOriginalMessage());
        }
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return "is not valid JSON" + where + ": " + fault(e);
    }

    /** Whether it may be JSON for others, so that fetching it again is no help. */
    public static boolean isBeyond(JacksonException e) {
        return e instanceof StreamConstraintsException;
    }

    private static String limit(String message) {
        StreamReadConstraints limits = StreamReadConstraints.defaults();
        if (message.contains("nesting")) {
            return "it nests lists and objects more than " + limits.getMaxNestingDepth() + " deep";
        }
        if (message.startsWith("Number")) {
            return "it has a number of more than " + limits.getMaxNumberLength() + " digits";
        }
        return "it has a text of more than " + limits.getMaxStringLength() + " letters";
    }

    private static String fault(JacksonException e) {
        String message = e.getOriginalMessage();
        if (e instanceof JsonEOFException) {
            return "the file ends there, before the JSON value does";
        }
        for (String number : new String[] {"NaN", "-Infinity", "Infinity"}) {
            if (message.contains("'" + number + "'")) {
                return number + " is not JSON";
            }
        }
        if (message.startsWith("Duplicate field")) {
            return message.replaceFirst("Duplicate field", "field") + " is given twice in one object";
        }
        if (message.startsWith("Trailing token")) {
            return "there is text after the end of the JSON value";
        }
        return message.split("[\\n:]", 2)[0].strip();
    }
}
