package sightline.app;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import sightline.dataset.Dataset;
import sightline.error.InputException;

/** Reads a dataset's name. */
final class DatasetName implements ITypeConverter<Dataset> {
    @Override
    public Dataset convert(String value) {
        try {
            return DatasetOptions.dataset(value);
        } catch (InputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
