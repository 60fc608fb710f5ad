package sightline.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** Knows the configurations of one or more families. */
@FunctionalInterface
public interface ConfigReader {
    /**
     * Reads a {@code config.json}.
     *
     * @param file for errors
     * @param json what it holds
     * @throws sightline.error.InputException if it is of another model, or has a value that is not supported
     */
    ModelConfig read(Path file, ObjectNode json);
}
