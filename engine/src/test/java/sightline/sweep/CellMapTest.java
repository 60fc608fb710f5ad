package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.TestDevice;
import sightline.image.PictureReader;
import sightline.image.RgbImage;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RegionCut;
import sightline.knockout.RegionCut.Target;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.region.PatchGrid;
import sightline.tensor.DType;

/** A map against cuts asked for one by one. */
class CellMapTest {
    @Test
    void cellsGoAndCome() {
        try (Golden golden = Golden.open("tiny10");
                VisionLanguageModel model =
                        Families.load(golden.checkpoint(), TestDevice.options().withDType(DType.FLOAT32));
                Sweep shared = new SharedSweep(model);
                Sweep naive = new NaiveSweep(model)) {
            Golden.Case c = golden.cases().get(1);
            ModelInputs inputs = GoldenInputs.of(c, model.processor());
            RgbImage picture = PictureReader.read(c.picture());
            PatchGrid grid = model.processor().patches(picture.width(), picture.height());
            assertThat(List.of(grid.rows(), grid.columns())).containsExactly(6, 8);
            SweepRequest asked = new SweepRequest(
                    inputs.prompt(),
                    c.integers("answer_tokens"),
                    List.of(),
                    List.of(),
                    List.of(),
                    RowReading.PAPER,
                    0.6);
            try (VisionMemory seen = model.see(inputs.picture())) {
                CellMap.Found found = map(asked, grid, request -> shared.run(request, seen, Progress.NONE));
                CellMap.Found byDefinition = map(asked, grid, request -> naive.run(request, seen, Progress.NONE));
                near(cells(found), cells(byDefinition));
                near(
                        found.byLoss().deletion().probability(),
                        byDefinition.byLoss().deletion().probability());
                near(
                        found.random().get(4).insertion().probability(),
                        byDefinition.random().get(4).insertion().probability());
                check(found);

                Trace one = shared.run(
                        asked.withTracks(List.of(Track.wholeDepth(
                                RegionCut.of("cell", grid.tokens(grid.cells(3).get(4)), Target.LAST, Medium.IMAGE),
                                Masking.ZERO))),
                        seen,
                        Progress.NONE);
                near(
                        new double[] {found.cells().get(4).probability()},
                        one.tracked().get(0).probability()[0]);
            }
        }
    }

    private static CellMap.Found map(SweepRequest asked, PatchGrid grid, Function<SweepRequest, Trace> sweep) {
        return new CellMap(asked, Masking.ZERO, grid, Target.LAST, Medium.IMAGE, sweep).find(3, 17);
    }

    private static double[] cells(CellMap.Found found) {
        return found.cells().stream().mapToDouble(CellMap.Cell::probability).toArray();
    }

    private static void near(double[] some, double... wanted) {
        assertThat(Golden.largestRelativeDifference(some, wanted)).isLessThan(Golden.PROBABILITY_TOLERANCE);
    }

    /** 6 cells, so 6 steps: nothing has gone, the strongest, …, all. */
    private static void check(CellMap.Found found) {
        assertThat(found.cells()).hasSize(6);
        assertThat(Arrays.stream(cells(found)).distinct().count()).isEqualTo(6);
        double strongest = found.cells().stream()
                .min(Comparator.comparingDouble(cell -> cell.measures().logOdds()))
                .orElseThrow()
                .probability();
        CellMap.Steps deletion = found.byLoss().deletion();
        CellMap.Steps insertion = found.byLoss().insertion();
        assertThat(deletion.share()).hasSize(7).startsWith(0).endsWith(1);
        near(
                new double[] {deletion.probability()[0], insertion.probability()[6], deletion.probability()[1]},
                found.uncut(),
                found.uncut(),
                strongest);
        assertThat(deletion.probability()[6]).isEqualTo(insertion.probability()[0]);
        assertThat(found.random())
                .hasSize(CellMap.ORDERS)
                .doesNotHaveDuplicates()
                .allSatisfy(order -> {
                    assertThat(order.deletion().probability()[6]).isEqualTo(deletion.probability()[6]);
                    assertThat(order.insertion().probability()[6])
                            .isEqualTo(insertion.probability()[6]);
                });
        assertThat(new CellMap.Steps(new double[] {0, 0.5, 1}, new double[] {1, 0.5, 0.2}).area())
                .isCloseTo(0.375 + 0.175, within(1e-12));
    }
}
