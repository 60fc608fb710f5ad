package sightline.study;

import java.util.Map;
import java.util.TreeMap;
import sightline.console.Console;
import sightline.error.InputException;

/** Tells of samples that could not be worked on. */
final class SampleFailures {
    private static final int SHOWN = 10;

    private SampleFailures() {}

    /**
     * Notes the first few.
     *
     * @param failed by id, with the reason
     * @param place the journal that names all
     * @throws InputException if nothing at all went well
     */
    static void tell(Console console, Map<Long, String> failed, boolean anyWell, String place) {
        Map<Long, String> sorted = new TreeMap<>(failed);
        sorted.entrySet().stream()
                .limit(SHOWN)
                .forEach(entry -> console.note("sample " + entry.getKey() + " failed: " + entry.getValue()));
        if (failed.size() > SHOWN) {
            console.note("and " + (failed.size() - SHOWN) + " more; " + place + " names all.");
        }
        if (!failed.isEmpty() && !anyWell) {
            throw new InputException(
                    place, "every sample failed", "samples that can be worked on", "Mend what is said above");
        }
    }
}
