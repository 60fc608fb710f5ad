package sightline.llava;

import java.util.stream.IntStream;
import sightline.knockout.Interventions;
import sightline.knockout.Layout;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.plan.FamilyRules;
import sightline.plan.RowView;
import sightline.text.TokenRole;

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

    /** None if words of the question come before the picture, or none behind it. */
    @Override
    public int sharedRows(Layout layout) {
        int image = layout.imagePosition();
        int end = image + layout.picture().all();
        boolean common = IntStream.range(0, image).allMatch(row -> layout.role(row) == TokenRole.TEMPLATE);
        return common && end < layout.promptRoles().length ? end : 0;
    }

    @Override
    public boolean dropsImageMlp(int row, Layout layout, RowReading reading) {
        return false;
    }
}
