package sightline.ask;

import java.util.List;
import sightline.figure.Veil;
import sightline.image.RgbImage;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.region.PixelBox;
import sightline.sweep.CellMap;

/** The pictures that {@code ask --out} writes of the parts that were cut. */
final class RegionPictures {
    /** Drops below this, in percent, leave the veil nearly down. */
    private static final double LEAST = 5;

    private RegionPictures() {}

    /** Writes {@code region.png}, the boxes and the first random ones, and {@code map.png}, as far as they are there. */
    static void write(Regions regions, RgbImage picture, double full, OutFolder out) {
        if (!out.wanted()) {
            return;
        }
        PatchGrid grid = regions.grid();
        List<PixelBox> boxes = regions.boxes().stream().map(grid::pixels).toList();
        if (!boxes.isEmpty()) {
            Veil veil = new Veil(picture);
            regions.controls().stream()
                    .limit(1)
                    .forEach(control -> veil.random(
                            control.boxes().stream().map(grid::pixels).toList()));
            out.write("region.png", veil.box(boxes)::writeTo);
        }
        regions.map().ifPresent(map -> {
            double[][] drop = new double[grid.rows()][grid.columns()];
            double most = LEAST;
            for (CellMap.Cell cell : map.cells()) {
                double one = -Cuts.change(cell.probability(), full);
                most = Math.max(most, one);
                fill(drop, cell.patches(), one);
            }
            out.write("map.png", new Veil(picture).lift(grid, drop, most).box(boxes)::writeTo);
        });
    }

    private static void fill(double[][] drop, PatchBox box, double value) {
        for (int row = box.row(); row < box.row() + box.rows(); row++) {
            for (int column = box.column(); column < box.column() + box.columns(); column++) {
                drop[row][column] = value;
            }
        }
    }
}
