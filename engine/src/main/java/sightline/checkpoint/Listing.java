package sightline.checkpoint;

import java.util.List;

/** Long lists, shortened for a message. */
final class Listing {
    private static final int SHOWN = 3;

    private Listing() {}

    static String firstOf(List<String> all) {
        String shown = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() <= SHOWN ? shown : shown + " and " + (all.size() - SHOWN) + " more";
    }
}
