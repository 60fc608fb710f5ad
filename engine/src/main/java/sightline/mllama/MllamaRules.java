package sightline.mllama;

import sightline.knockout.Interventions;
import sightline.knockout.Layout;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.plan.FamilyRules;
import sightline.plan.RowView;

/** What Mllama's text rows read: text rows up to themselves, and from the image token on the tiles that hold picture. */
public record MllamaRules() implements FamilyRules {
    @Override
    public Interventions interventions() {
        return Interventions.of(Medium.IMAGE);
    }

    @Override
    public RowView uncut(Medium medium, int row, Layout layout, RowReading reading) {
        if (medium == Medium.TEXT) {
            return RowView.softmax(row + 1);
        }
        if (row >= layout.imagePosition()) {
            return RowView.softmax(layout.picture().valid());
        }
        return switch (reading) {
            case TRANSFORMERS -> RowView.softmax(layout.picture().all());
            case META -> RowView.NOTHING;
            case PAPER -> RowView.mean(layout.picture().all());
        };
    }

    @Override
    public int allKeys(Medium medium, int row, Layout layout) {
        return medium == Medium.TEXT ? row + 1 : layout.picture().all();
    }

    @Override
    public boolean dropsImageMlp(int row, Layout layout, RowReading reading) {
        return row < layout.imagePosition() && reading != RowReading.PAPER;
    }
}
