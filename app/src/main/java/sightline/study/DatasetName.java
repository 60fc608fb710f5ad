package sightline.study;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import sightline.dataset.Dataset;
import sightline.error.InputException;

/** Reads a dataset's name where no official files are needed. */
final class DatasetName implements ITypeConverter<Dataset> {
    @Override
    public Dataset convert(String value) {
        try {
            return DatasetOptions.dataset(value);
        } catch (InputException e) { // of an argument, so the command line is wrong
            throw new TypeConversionException(e.getMessage().replaceFirst("\\.$", ""));
        }
    }
}
