package sightline.run;

import java.util.List;
import java.util.Locale;
import sightline.knockout.Reading;

/** What is read inside the decoder, beside its output. */
public enum InsideKind {
    /** The answer's tokens behind each layer. */
    LENS {
        @Override
        List<Reading> readings(int top) {
            return List.of(new Reading.Lens(top));
        }
    },
    /** What read-out rows attend to, what pathways' edges carry, what layers that read the picture add. */
    ATTENTION {
        @Override
        List<Reading> readings(int top) {
            return List.of(new Reading.Attention(), new Reading.Gates(), new Reading.Edges());
        }
    },
    /** What each head of a read-out row attends to, by role. */
    ATTENTION_HEADS {
        @Override
        List<Reading> readings(int top) {
            return List.of(new Reading.Attention());
        }
    };

    /** @param top of a lens, how many of the likeliest tokens */
    abstract List<Reading> readings(int top);

    /** The readings of several. */
    public static List<Reading> readings(List<InsideKind> kinds, int top) {
        return kinds.stream()
                .flatMap(kind -> kind.readings(top).stream())
                .distinct()
                .toList();
    }

    /** The name in manifests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
