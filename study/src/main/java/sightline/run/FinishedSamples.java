package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sightline.dataset.AnsweredQuestion;
import sightline.error.InputException;
import sightline.files.Journal;

/** Which samples of a run are done, as all its journals say. */
final class FinishedSamples {
    private final Set<Long> finished = new HashSet<>();
    private final Set<Long> failed = new HashSet<>();

    private final CurrentSamples current;

    private FinishedSamples(CurrentSamples current) {
        this.current = current;
    }

    /** Reads every journal of the run; lines of samples that are not in the dataset do not count. */
    static FinishedSamples of(RunFolder folder, List<AnsweredQuestion> dataset) {
        FinishedSamples samples = new FinishedSamples(CurrentSamples.of(dataset));
        for (Path journal : folder.journals()) {
            Journal.read(journal, (entry, line) -> samples.add(journal, entry, line));
        }
        return samples;
    }

    private void add(Path journal, JsonNode entry, long line) {
        JsonNode id = entry.get("id");
        if (id == null || !id.isIntegralNumber()) {
            throw new InputException(
                    journal.toString(),
                    "line " + line + " has no id",
                    "lines that this program has written",
                    "Delete that line: its sample is then traced again");
        }
        if (current.has(id.longValue(), SampleIdentity.of(entry))) {
            (entry.has("failed") ? failed : finished).add(id.longValue());
        }
    }

    /** Whether a sample's numbers are there. */
    boolean isFinished(long id) {
        return finished.contains(id);
    }

    /** Whether a sample was tried, with or without success. */
    boolean isTried(long id) {
        return finished.contains(id) || failed.contains(id);
    }
}
