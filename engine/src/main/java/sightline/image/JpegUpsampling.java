package sightline.image;

import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/**
 * The one enlargement that the JDK's libjpeg and the reference's libjpeg-turbo do differently: components of full width
 * and half height. The former repeats each row; the latter mixes in a quarter of the nearer neighbour row. Since
 * repeated rows still hold all that was coded, the mixing is done here, on top.
 */
final class JpegUpsampling {
    private JpegUpsampling() {}

    /** The raster as libjpeg-turbo would have given it; the same object, changed. */
    static Raster smooth(Raster raster, JpegHeader header) {
        int rows = Arrays.stream(header.rowFactors()).max().orElseThrow();
        int columns = Arrays.stream(header.columnFactors()).max().orElseThrow();
        for (int band = 0; band < raster.getNumBands(); band++) {
            if (header.columnFactors()[band] == columns && 2 * header.rowFactors()[band] == rows) {
                smooth((WritableRaster) raster, band);
            }
        }
        return raster;
    }

    private static void smooth(WritableRaster raster, int band) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int coded = (height + 1) / 2;
        int[] above = raster.getSamples(0, 0, width, 1, band, (int[]) null);
        int[] here = above.clone();
        int[] mixed = new int[width];
        for (int row = 0; row < coded; row++) {
            // At the borders the row is its own neighbour.
            int[] below = row + 1 < coded ? raster.getSamples(0, 2 * row + 2, width, 1, band, (int[]) null) : here;
            mix(here, above, 1, mixed);
            raster.setSamples(0, 2 * row, width, 1, band, mixed);
            if (2 * row + 1 < height) {
                mix(here, below, 2, mixed);
                raster.setSamples(0, 2 * row + 1, width, 1, band, mixed);
            }
            above = here;
            here = below;
        }
    }

    /** Three quarters and one; the two biases keep the rounding from drifting one way. */
    private static void mix(int[] near, int[] far, int bias, int[] mixed) {
        for (int x = 0; x < mixed.length; x++) {
            mixed[x] = (3 * near[x] + far[x] + bias) >> 2;
        }
    }
}
