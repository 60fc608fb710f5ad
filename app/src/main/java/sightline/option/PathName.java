package sightline.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a file or folder. */
public final class PathName implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            boolean encoding = value.chars().anyMatch(c -> c > '~');
            throw new TypeConversionException("'" + value + "' can be no file's name here: "
                    + (encoding
                            ? "this locale's encoding is " + System.getProperty("sun.jnu.encoding")
                                    + ". Set a UTF-8 locale, for example LC_ALL=C.UTF-8"
                            : e.getReason()));
        }
    }
}
