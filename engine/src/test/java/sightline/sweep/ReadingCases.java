package sightline.sweep;

import java.util.Locale;
import java.util.function.Function;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.Readings;
import sightline.golden.TestDevice;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;

/** The cases of golden/science, each under each reading of rows of which there are numbers. */
final class ReadingCases {
    private ReadingCases() {}

    /** Holds a case against its numbers. */
    interface Holding {
        /**
         * One case under one reading.
         *
         * @param prefix of its tensors' names
         * @param sweep runs a request about its picture
         */
        void hold(
                String prefix, Golden.Case c, ModelInputs inputs, RowReading rows, Function<SweepRequest, Trace> sweep);
    }

    /**
     * Goes through all.
     *
     * @param sweep naive or shared
     * @param tensor that a reading has of which there are numbers
     */
    static void forEach(String sweep, Readings wanted, String tensor, Holding holding) {
        Function<VisionLanguageModel, Sweep> strategy = "naive".equals(sweep) ? NaiveSweep::new : SharedSweep::new;
        try (Golden golden = Golden.open("tiny10");
                VisionLanguageModel model =
                        Families.load(golden.checkpoint(), TestDevice.options().withDType(DType.FLOAT32));
                Sweep of = strategy.apply(model)) {
            for (int number : new int[] {0, 1, 5}) {
                Golden.Case c = golden.cases().get(number);
                ModelInputs inputs = GoldenInputs.of(c, model.processor());
                try (VisionMemory seen = model.see(inputs.picture())) {
                    for (RowReading rows : RowReading.values()) {
                        String prefix = c.tensor(rows.name().toLowerCase(Locale.ROOT) + ".");
                        if (wanted.has(prefix + tensor)) {
                            holding.hold(prefix, c, inputs, rows, request -> of.run(request, seen, Progress.NONE));
                        }
                    }
                }
            }
        }
    }
}
