package sightline.app;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import sightline.dataset.Dataset;

/** Reads a dataset's name. */
final class DatasetName implements ITypeConverter<Dataset> {
    @Override
    public Dataset convert(String value) {
        return Arrays.stream(Dataset.values())
                .filter(dataset -> dataset.toString().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "no dataset is called '" + value + "'; expected vqav2, visual7w or docvqa"));
    }
}
