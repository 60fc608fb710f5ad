package sightline.run;

import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Leaves measures out of a line's curves that nobody asks for: they are most of a journal. */
final class MeasureFilter extends TokenFilter {
    private final Set<String> left;
    private final boolean ofMeasures;

    private MeasureFilter(Set<String> left, boolean ofMeasures) {
        this.left = left;
        this.ofMeasures = ofMeasures;
    }

    /** What is read of a line. */
    static TokenFilter of(Set<JournalMeasure> asked) {
        Set<String> left = EnumSet.allOf(JournalMeasure.class).stream()
                .filter(measure -> !asked.contains(measure))
                .map(JournalMeasure::field)
                .collect(Collectors.toSet());
        return left.isEmpty() ? INCLUDE_ALL : new MeasureFilter(left, false);
    }

    @Override
    public TokenFilter includeProperty(String name) {
        if (ofMeasures) {
            return left.contains(name) ? null : INCLUDE_ALL;
        }
        return switch (name) {
            case LineMeasures.CURVE -> new MeasureFilter(left, true);
            case TracedLine.CURVES,
                    AddedNumbers.WHOLE_DEPTH,
                    AddedNumbers.KEPT,
                    AddedNumbers.TRIANGLE,
                    AddedNumbers.RANDOM -> this;
            default -> INCLUDE_ALL;
        };
    }

    @Override
    public boolean includeEmptyArray(boolean contentsFiltered) {
        return true;
    }

    @Override
    public boolean includeEmptyObject(boolean contentsFiltered) {
        return true;
    }
}
