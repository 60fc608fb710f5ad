package sightline.llava;

import sightline.knockout.Interventions;
import sightline.knockout.Layout;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.plan.FamilyRules;
import sightline.plan.RowView;

/** What LLaVA's text rows read: text rows up to themselves. The picture is among those; no layer reads it otherwise. */
public record LlavaRules() implements FamilyRules {
    @Override
    public Interventions interventions() {
        return Interventions.of(Medium.TEXT);
    }

    @Override
    public RowView uncut(Medium medium, int row, Layout layout, RowReading reading) {
        return medium == Medium.TEXT ? RowView.softmax(row + 1) : RowView.NOTHING;
    }

    @Override
    public int allKeys(Medium medium, int row, Layout layout) {
        return layout.length();
    }

    @Override
    public int sharedRows(Layout layout) {
        return layout.imagePosition() + layout.picture().all();
    }

    @Override
    public boolean dropsImageMlp(int row, Layout layout, RowReading reading) {
        return false;
    }
}
