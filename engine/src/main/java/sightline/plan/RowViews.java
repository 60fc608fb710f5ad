package sightline.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.Intervention;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;

/** What each row reads under interventions. Equal views get one number: comparing them is then cheap. */
final class RowViews {
    private final FamilyRules rules;
    private final RowReading reading;
    private final Map<RowView, Integer> numbers = new HashMap<>();
    private final List<RowView> views = new ArrayList<>();
    private int made;

    RowViews(FamilyRules rules, RowReading reading) {
        this.rules = rules;
        this.reading = reading;
    }

    /**
     * What the rows of one text read.
     *
     * @param id distinct for each set of rows made here
     * @param text number of each row's view in a layer that reads text
     * @param image number of each row's view in a layer that reads the picture
     * @param changesBeforeLast whether rows before the last one read anything else than uncut
     * @param readsBehind whether a row reads text rows behind it, so that it depends on how many there are
     */
    record Rows(int id, int[] text, int[] image, boolean changesBeforeLast, boolean readsBehind) {
        int[] in(Medium medium) {
            return medium == Medium.TEXT ? text : image;
        }
    }

    /** With nothing changed. */
    Rows uncut(Layout layout) {
        return new Rows(made++, uncut(Medium.TEXT, layout), uncut(Medium.IMAGE, layout), false, false);
    }

    private int[] uncut(Medium medium, Layout layout) {
        int[] rows = new int[layout.length()];
        for (int row = 0; row < rows.length; row++) {
            RowView view = rules.uncut(medium, row, layout, reading);
            requireKnown(medium, row, view);
            rows[row] = number(view);
        }
        return rows;
    }

    /** The walk reads text rows up to the row itself; what reads otherwise would be computed wrongly. */
    private static void requireKnown(Medium medium, int row, RowView view) {
        boolean known = view.blocked() == null && view.silenced() == null;
        if (medium == Medium.TEXT) {
            known &= view.keys() == 0 || (view.asks() && view.keys() == row + 1);
        }
        if (!known) {
            throw new IllegalArgumentException("uncut, row " + row + " reads " + view
                    + "; a text row can read all rows up to itself or nothing, an image row any number of tokens");
        }
    }

    /**
     * Under an intervention.
     *
     * @param uncut of a text that is at least as long
     */
    Rows under(Intervention intervention, Masking masking, Layout layout, Rows uncut) {
        int[] text = changed(intervention, masking, layout, Medium.TEXT, uncut.text());
        int[] image = changed(intervention, masking, layout, Medium.IMAGE, uncut.image());
        BitSet targets = new BitSet();
        for (Act act : intervention.acts()) {
            targets.or(layout.rows(act.targets()));
        }
        boolean behind = IntStream.range(0, text.length)
                .anyMatch(row -> views.get(text[row]).readsBehind(row));
        return new Rows(made++, text, image, !targets.get(0, layout.last()).isEmpty(), behind);
    }

    private int[] changed(Intervention intervention, Masking masking, Layout layout, Medium medium, int[] uncut) {
        int[] rows = Arrays.copyOf(uncut, layout.length());
        BitSet[] blocked = new BitSet[rows.length];
        Edit.Silence[] silenced = new Edit.Silence[rows.length];
        for (Act act : intervention.acts()) {
            if (act.medium() == medium) {
                BitSet targets = layout.rows(act.targets());
                if (act.edit() instanceof Edit.Cut cut) {
                    join(blocked, targets, layout.in(medium, cut.sources()));
                } else if (act.edit() instanceof Edit.Silence silence) {
                    targets.stream()
                            .forEach(row ->
                                    silenced[row] = silenced[row] == null ? silence : silenced[row].with(silence));
                }
            }
        }
        for (int row = 0; row < rows.length; row++) {
            if (blocked[row] != null) {
                RowView view = views.get(rows[row]);
                rows[row] = number(view.without(blocked[row], masking, rules.allKeys(medium, row, layout)));
            }
            if (silenced[row] != null) {
                rows[row] = number(views.get(rows[row]).silencing(silenced[row]));
            }
        }
        return rows;
    }

    private static void join(BitSet[] rows, BitSet targets, BitSet more) {
        for (int row = targets.nextSetBit(0); row >= 0; row = targets.nextSetBit(row + 1)) {
            if (rows[row] == null) {
                rows[row] = more; // shared until a second act meets the row
            } else {
                rows[row] = (BitSet) rows[row].clone();
                rows[row].or(more);
            }
        }
    }

    private int number(RowView view) {
        Integer known = numbers.putIfAbsent(view, views.size());
        if (known == null) {
            views.add(view);
            return views.size() - 1;
        }
        return known;
    }

    /** The view of a number. */
    RowView view(int number) {
        return views.get(number);
    }
}
