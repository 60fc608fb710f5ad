package sightline.world;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sightline.world.Page.Line;

/** Makes up documents. */
final class PageMaker {
    private static final int[][] CANVASES = {{1, 1}, {2, 1}, {3, 1}, {1, 2}, {2, 2}, {1, 3}};
    private static final double[] CANVAS_WEIGHTS = {0.08, 0.12, 0.1, 0.3, 0.3, 0.1};
    private static final int MOST_LINES = 7;
    /** The longest sum is still two digits and a decimal. */
    private static final int MOST_GOODS = 5;

    private static final double BY_HAND = 0.5;

    private final Dice dice;
    private final int tileRows;
    private final int tileColumns;
    private final int rows;
    private final int columns;
    private final Paper paper;

    private PageMaker(Dice dice) {
        this.dice = dice;
        int[] canvas = CANVASES[dice.weighted(CANVAS_WEIGHTS)];
        this.tileRows = canvas[0];
        this.tileColumns = canvas[1];
        this.rows = tileRows * LabelSheet.PATCHES_ACROSS;
        this.columns = tileColumns * LabelSheet.PATCHES_ACROSS;
        this.paper = tileColumns == 1
                ? Paper.SLIP
                : List.of(Paper.FORM, Paper.RECEIPT, Paper.NOTE).get(dice.weighted(0.4, 0.4, 0.2));
    }

    static Page make(Dice dice) {
        return new PageMaker(dice).make();
    }

    private Page make() {
        int most = Math.min(rows - 1, MOST_LINES);
        int count = dice.between(Math.min(4, most), most);
        List<Line> lines = paper == Paper.RECEIPT ? goods(count) : fields(count);
        String title = dice.pick(
                paper.titles().stream().filter(one -> one.length() <= columns).toList());
        return new Page(tileRows, tileColumns, paper, title, dice.between(0, columns - title.length()), lines);
    }

    private List<Line> fields(int count) {
        List<Field> fields = new ArrayList<>(dice.sample(Field.on(paper), count));
        if (paper == Paper.NOTE) {
            Collections.sort(fields); // a letter begins with the name of its reader
        }
        List<Integer> at = rowsFor(fields.size());
        int hand = dice.chance(BY_HAND) ? dice.between(0, fields.size() - 1) : -1;
        int gap = paper == Paper.SLIP ? 4 : dice.between(6, columns == 12 ? 6 : 9);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            boolean byHand = i == hand && field.type() != ValueType.BOX;
            int column = paper == Paper.NOTE ? field.name().length() + 1 : gap;
            lines.add(new Line(field, at.get(i), "", 0, field.type().make(dice), column, byHand));
        }
        return lines;
    }

    private List<Line> goods(int count) {
        boolean total = dice.chance(0.5);
        List<Field> fields =
                new ArrayList<>(dice.sample(Field.goods(), Math.min(total ? count - 1 : count, MOST_GOODS)));
        List<Integer> at = rowsFor(fields.size() + (total ? 1 : 0));
        List<Line> lines = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < fields.size(); i++) {
            String price = ValueType.PRICE.make(dice);
            sum = sum.add(new BigDecimal(price));
            String quantity = Integer.toString(dice.between(1, 9));
            lines.add(
                    new Line(fields.get(i), at.get(i), quantity, columns - 6, price, columns - price.length(), false));
        }
        if (total) {
            String value = sum.toPlainString();
            lines.add(new Line(
                    Field.TOTAL, at.get(fields.size()), "", 0, value, columns - value.length(), dice.chance(BY_HAND)));
        }
        return lines;
    }

    /** Below the title, in order, some left blank. */
    private List<Integer> rowsFor(int count) {
        List<Integer> all = new ArrayList<>();
        for (int row = 1; row < rows; row++) {
            all.add(row);
        }
        return dice.sample(all, count).stream().sorted().toList();
    }
}
