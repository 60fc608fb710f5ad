package sightline.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes up scenes of shapes and beings. */
final class ShapeSceneMaker {
    private static final int[][] CANVASES = {{1, 1}, {1, 2}, {2, 1}, {2, 2}, {1, 3}, {3, 1}};
    private static final double[] CANVAS_WEIGHTS = {0.2, 0.2, 0.2, 0.2, 0.1, 0.1};
    private static final double[] BEING_WEIGHTS = {0.2, 0.5, 0.3};
    private static final double[] SMALL_BEING_WEIGHTS = {0.3, 0.7};
    private static final double NEAR = 0.7;
    /** Enough for questions that compare two shapes, each the only one of its kind. */
    private static final double SHAPES_DIFFER = 0.35;

    private final Dice dice;
    private final boolean distinct;
    private final int tileRows;
    private final int tileColumns;
    private final List<int[]> taken = new ArrayList<>();

    private ShapeSceneMaker(Dice dice, boolean distinct) {
        this.dice = dice;
        this.distinct = distinct;
        int[] canvas = CANVASES[dice.weighted(CANVAS_WEIGHTS)];
        this.tileRows = canvas[0];
        this.tileColumns = canvas[1];
    }

    /**
     * Makes one up.
     *
     * @param distinct whether all shapes and all colours differ; there may then be a single one, which is where learning
     *     can begin
     */
    static ShapeScene make(Dice dice, boolean distinct) {
        return new ShapeSceneMaker(dice, distinct).make();
    }

    private ShapeScene make() {
        boolean small = tileRows * tileColumns == 1;
        int beings = small ? dice.weighted(SMALL_BEING_WEIGHTS) : dice.weighted(BEING_WEIGHTS);
        int shapes = small ? dice.between(distinct ? 1 : 2, 4 - beings) : dice.between(distinct ? 1 : 3, 6);
        boolean shapesDiffer = distinct || dice.chance(SHAPES_DIFFER);
        List<Item> items = new ArrayList<>();
        List<Shape> pool = dice.sample(Arrays.asList(Shape.values()), shapesDiffer ? shapes : dice.between(2, 4));
        List<Colour> palette = dice.sample(Arrays.asList(Colour.values()), distinct ? shapes : dice.between(2, 4));
        List<Being> who = dice.sample(Arrays.asList(Being.values()), beings);
        for (int i = 0; i < shapes; i++) {
            Shape shape = shapesDiffer ? pool.get(i) : dice.pick(pool);
            Colour colour = distinct ? palette.get(i) : dice.pick(palette);
            items.add(place(shape, colour, null, dice.between(15, 20)));
        }
        for (Being being : who) {
            items.add(place(null, null, being, 2 * Being.SQUARES));
        }
        return new ShapeScene(tileRows, tileColumns, dice.pick(Backdrop.values()), items);
    }

    /** Beside another thing more often than not, so that there is something to ask about neighbours. */
    private Item place(Shape shape, Colour colour, Being being, int size) {
        List<int[]> free = new ArrayList<>();
        List<int[]> near = new ArrayList<>();
        for (int row = 0; row < 2 * tileRows; row++) {
            for (int column = 0; column < 2 * tileColumns; column++) {
                int distance = distance(row, column);
                if (distance > 0) {
                    free.add(new int[] {row, column});
                }
                if (distance == 1) {
                    near.add(new int[] {row, column});
                }
            }
        }
        int[] cell = dice.pick(!near.isEmpty() && dice.chance(NEAR) ? near : free);
        taken.add(cell);
        int room = ShapeScene.CELL - size - 1; // one pixel stays free for the outline
        int left = cell[1] * ShapeScene.CELL + dice.between(1, room);
        int top = cell[0] * ShapeScene.CELL + dice.between(1, room);
        return new Item(shape, colour, being, cell[0], cell[1], left, top, size);
    }

    private int distance(int row, int column) {
        int nearest = Integer.MAX_VALUE;
        for (int[] cell : taken) {
            nearest = Math.min(nearest, Math.abs(cell[0] - row) + Math.abs(cell[1] - column));
        }
        return nearest;
    }
}
