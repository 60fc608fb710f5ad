package sightline.sweep;

import sightline.checkpoint.SafetensorsFile;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.TestDevice;
import sightline.model.VisionLanguageModel;
import sightline.tensor.DType;

/** The checkpoint of golden/science in float32, with its cases and its numbers, for a whole test class. */
record Tiny10(Golden golden, SafetensorsFile readings, VisionLanguageModel model) implements AutoCloseable {
    static Tiny10 open() {
        Golden golden = Golden.open("tiny10");
        return new Tiny10(
                golden,
                SafetensorsFile.open(Golden.file("science/tiny10_readings.safetensors")),
                Families.load(golden.checkpoint(), TestDevice.options().withDType(DType.FLOAT32)));
    }

    @Override
    public void close() {
        model.close();
        readings.close();
        golden.close();
    }
}
