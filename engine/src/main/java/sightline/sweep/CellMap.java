package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import sightline.draw.SeededDraws;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.Curve;
import sightline.knockout.Intervention;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RegionCut;
import sightline.knockout.RegionCut.Target;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;

/**
 * A map of the picture: each square cell of patches cut from some rows in all layers. Then deletion
 * and insertion (RISE, Petsiuk et al. 2018): cells are cut one after the other, or all are cut and come back one after the
 * other, those first whose cut lowers the answer's log-odds most; in random orders beside it.
 */
public final class CellMap {
    /** Patches along a cell's side, unless told otherwise. */
    public static final int SIDE = 8;

    /** Random orders that the map's own is held against. */
    public static final int ORDERS = 5;

    /** Deletion and insertion go in at most so many steps. */
    private static final int STEPS = 16;

    private final SweepRequest asked;
    private final Masking masking;
    private final PatchGrid grid;
    private final Target target;
    private final Medium imageMedium;
    private final Function<SweepRequest, Trace> sweep;

    /**
     * @param asked whose prompt, answer, foils, rows and temperature count
     * @param target the rows that lose them: the last one is cheap; all of them show also what the question's rows carry
     * @param imageMedium how the family's text rows read the picture
     * @param sweep answers requests about this picture
     */
    public CellMap(
            SweepRequest asked,
            Masking masking,
            PatchGrid grid,
            Target target,
            Medium imageMedium,
            Function<SweepRequest, Trace> sweep) {
        this.asked = asked;
        this.masking = masking;
        this.grid = grid;
        this.target = target;
        this.imageMedium = imageMedium;
        this.sweep = sweep;
    }

    /**
     * A cell and the answer without it.
     *
     * @param patches where it lies
     * @param probability of the whole answer
     * @param measures of the whole answer
     */
    public record Cell(PatchBox patches, double probability, AnswerMeasures measures) {}

    /**
     * The answer's probability while cells go, or come.
     *
     * @param share of the cells that have gone or come, from 0 to 1
     * @param probability of the whole answer then
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Steps(double[] share, double[] probability) {
        /** The area under the line through them: the mean probability on the way. */
        public double area() {
            double area = 0;
            for (int i = 1; i < share.length; i++) {
                area += (share[i] - share[i - 1]) * (probability[i] + probability[i - 1]) / 2;
            }
            return area;
        }
    }

    /**
     * One order of cells.
     *
     * @param deletion a small area: the first cells were needed
     * @param insertion a large area: the first cells were enough
     */
    public record Order(Steps deletion, Steps insertion) {}

    /**
     * What was found.
     *
     * @param side patches along a cell's side
     * @param target the rows that lose them
     * @param uncut the whole answer's probability with nothing cut
     * @param cells rows first
     * @param byLoss the order of the map
     * @param random {@value #ORDERS} random orders
     */
    public record Found(int side, Target target, double uncut, List<Cell> cells, Order byLoss, List<Order> random) {}

    /**
     * Draws the map.
     *
     * @param side patches along a cell's side, at least 1
     * @param sample the sample's id, for the random orders
     */
    public Found find(int side, long sample) {
        List<PatchBox> boxes = grid.cells(side);
        int[] all = IntStream.range(0, boxes.size()).toArray();
        Trace trace =
                trace(Arrays.stream(all).mapToObj(cell -> tokens(boxes, cell)).toList());
        List<Cell> cells = new ArrayList<>();
        for (int cell : all) {
            Curve curve = trace.tracked().get(cell);
            cells.add(new Cell(boxes.get(cell), curve.probability()[0], curve.answer(0, asked.answer())));
        }
        List<int[]> orders = new ArrayList<>();
        orders.add(Arrays.stream(all)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        cell -> cells.get(cell).measures().logOdds()))
                .mapToInt(Integer::intValue)
                .toArray());
        for (int order = 0; order < ORDERS; order++) {
            orders.add(SeededDraws.of("map", sample, order).pick(all, all.length));
        }
        List<Order> found = orders(boxes, orders);
        return new Found(side, target, trace.probability(), cells, found.get(0), found.subList(1, found.size()));
    }

    private List<Order> orders(List<PatchBox> boxes, List<int[]> orders) {
        int cells = boxes.size();
        int steps = Math.min(cells, STEPS);
        int[] gone = IntStream.rangeClosed(0, steps)
                .map(step -> Math.round((float) cells * step / steps))
                .toArray();
        List<BitSet> cuts = new ArrayList<>();
        for (int[] order : orders) {
            for (int count : gone) {
                cuts.add(tokens(boxes, Arrays.copyOf(order, count)));
                cuts.add(tokens(boxes, Arrays.copyOfRange(order, count, cells)));
            }
        }
        Trace trace = trace(cuts);
        double[] share =
                Arrays.stream(gone).mapToDouble(count -> (double) count / cells).toArray();
        List<Order> found = new ArrayList<>();
        for (int order = 0; order < orders.size(); order++) {
            double[] deletion = new double[gone.length];
            double[] insertion = new double[gone.length];
            for (int step = 0; step < gone.length; step++) {
                int track = 2 * (order * gone.length + step);
                deletion[step] = trace.tracked().get(track).probability()[0];
                insertion[step] = trace.tracked().get(track + 1).probability()[0];
            }
            found.add(new Order(new Steps(share, deletion), new Steps(share, insertion)));
        }
        return found;
    }

    private BitSet tokens(List<PatchBox> boxes, int... cells) {
        BitSet tokens = new BitSet();
        for (int cell : cells) {
            tokens.or(grid.tokens(boxes.get(cell)));
        }
        return tokens;
    }

    /** A track for each cut, in their order. */
    private Trace trace(List<BitSet> cuts) {
        List<Track> tracks = cuts.stream().map(this::wholeDepth).toList();
        return sweep.apply(new SweepRequest(
                        asked.prompt(),
                        asked.answer(),
                        List.of(),
                        List.of(),
                        List.of(),
                        asked.rows(),
                        asked.temperature())
                .withFoils(asked.foils())
                .withTracks(tracks));
    }

    private Track wholeDepth(BitSet tokens) {
        Intervention cut = RegionCut.of("cells", tokens, target, imageMedium);
        return Track.wholeDepth(cut, masking);
    }
}
