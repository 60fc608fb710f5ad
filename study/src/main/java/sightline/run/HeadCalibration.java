package sightline.run;

import java.util.List;
import sightline.dataset.AnsweredQuestion;
import sightline.error.InputException;
import sightline.knockout.HeadMeans;

/** Averages what heads read over samples, at the read-out row of each answer token. */
final class HeadCalibration {
    /** Fewer samples give no mean. */
    static final int LEAST = 100;

    /** So many are enough: the mean is then known to a fourteenth of a single sample's spread. */
    static final int MOST = 200;

    private double[][][] sums = {};
    private final int[] counts = new int[HeadMeans.TOKENS];

    /** What reads one sample: [answer token][layer][head · head size]. */
    interface Reader {
        /**
         * Its readings.
         *
         * @throws InputException if this sample cannot be read; others may
         */
        double[][][] read(AnsweredQuestion sample);
    }

    /**
     * The means over samples: the first {@value #MOST} that can be read.
     *
     * @return [answer token][layer][head · head size]; of as many answer tokens as {@code least} samples have
     * @throws InputException if there are too few samples
     */
    static float[][][] means(List<AnsweredQuestion> samples, Reader reader, int least) {
        HeadCalibration calibration = new HeadCalibration();
        for (AnsweredQuestion sample : samples) {
            if (calibration.counts[0] < MOST) {
                calibration.add(sample, reader);
            }
        }
        require(calibration.counts[0], least);
        return calibration.means(least);
    }

    /** Refuses a half of too few samples. */
    static void require(int samples, int least) {
        if (samples < least) {
            throw new InputException(
                    "--heads",
                    "is mean, but one half of the pictures has " + samples + " samples to take means of",
                    least + " or more in each half",
                    "Trace more samples, or give --heads zero");
        }
    }

    private void add(AnsweredQuestion sample, Reader reader) {
        double[][][] read;
        try {
            read = reader.read(sample);
        } catch (InputException e) {
            return; // it is told of where it is traced
        }
        if (sums.length == 0) {
            sums = new double[HeadMeans.TOKENS][read[0].length][read[0][0].length];
        }
        for (int token = 0; token < read.length; token++) {
            counts[token]++;
            for (int layer = 0; layer < read[token].length; layer++) {
                for (int channel = 0; channel < read[token][layer].length; channel++) {
                    sums[token][layer][channel] += read[token][layer][channel];
                }
            }
        }
    }

    private float[][][] means(int least) {
        int tokens = 1;
        while (tokens < counts.length && counts[tokens] >= least) {
            tokens++;
        }
        float[][][] means = new float[tokens][sums[0].length][sums[0][0].length];
        for (int token = 0; token < tokens; token++) {
            for (int layer = 0; layer < means[token].length; layer++) {
                for (int channel = 0; channel < means[token][layer].length; channel++) {
                    means[token][layer][channel] = (float) (sums[token][layer][channel] / counts[token]);
                }
            }
        }
        return means;
    }
}
