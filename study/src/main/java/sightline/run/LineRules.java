package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sightline.dataset.Dataset;
import sightline.files.SettingsFile;
import sightline.knockout.Interventions;

/**
 * What a run's manifest says of every line of its journals.
 *
 * @param manifest the run's
 * @param mark that every line bears; empty in runs of format 1, whose lines have none
 * @param measures that are read of curves
 */
record LineRules(Manifest manifest, Optional<String> mark, Set<JournalMeasure> measures) {
    static LineRules read(RunFolder folder) {
        JsonNode json = Manifest.json(folder);
        Manifest manifest = Manifest.of(folder.manifest(), json);
        boolean marked = manifest.format() >= Manifest.MARKED_FORMAT;
        Optional<String> mark = marked ? Optional.of(SettingsFile.mark(json, Manifest.FREE)) : Optional.empty();
        return new LineRules(manifest, mark, EnumSet.allOf(JournalMeasure.class));
    }

    /** The same where only some measures of curves are read. */
    LineRules with(Set<JournalMeasure> some) {
        return new LineRules(manifest, mark, some);
    }

    /** Whose questions are traced. */
    Dataset dataset() {
        return manifest.dataset();
    }

    /** L, the decoder's layers. */
    int layers() {
        return manifest.model().layers();
    }

    /** The pathways that were cut, by name. */
    List<String> pathways() {
        return manifest.settings().pathways();
    }

    /** Window sizes. */
    List<Integer> sizes() {
        return manifest.settings().k();
    }

    /** Maskings by name. */
    List<String> maskings() {
        return manifest.settings().masking();
    }

    /** What is traced beside the curves around each layer. */
    TraceAdditions additions() {
        return manifest.settings().additions();
    }

    /** What first tokens are held against. */
    Foils foils() {
        return manifest.settings().foils();
    }

    /** Whether lines tell if answers end behind their tokens. */
    boolean flipEnd() {
        return manifest.settings().flipEnd();
    }

    /** Whether lines tell by which settings they were made, and what had nothing to cut. */
    boolean strict() {
        return mark.isPresent();
    }

    /** Whether lines have a check of their own. */
    boolean checked() {
        return manifest.format() >= Manifest.FORMAT;
    }

    /**
     * The pathways that a sample must have curves of.
     *
     * @param idle those that had nothing to cut, as the line tells
     */
    List<String> needed(Set<String> idle) {
        // Earlier versions did not tell; the published pathways always have something to cut.
        return pathways().stream()
                .filter(pathway -> strict() ? !idle.contains(pathway) : Interventions.PUBLISHED.contains(pathway))
                .toList();
    }
}
