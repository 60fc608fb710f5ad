package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sightline.dataset.AnsweredQuestion;
import sightline.files.Journal;

/**
 * What came of one sample.
 *
 * @param fields of its line in the journal, behind those that tell which sample it is
 * @param idle the pathways that had nothing to cut; none if it failed
 * @param failure why it cannot be traced; empty if it was
 * @param refuted whether it failed since two sweeps did not agree
 * @param withoutRegion whether it has no answer region, though that was asked for
 */
record SampleOutcome(
        Journal.Entry fields, List<String> idle, Optional<String> failure, boolean refuted, boolean withoutRegion) {
    SampleOutcome {
        idle = List.copyOf(idle);
    }

    static SampleOutcome traced(AnsweredQuestion sample, RunSettings settings, SampleTrace traced, double seconds) {
        Set<String> cut = new LinkedHashSet<>();
        traced.trace().curves().forEach(curve -> cut.add(curve.intervention().name()));
        List<String> idle =
                settings.pathways().stream().filter(name -> !cut.contains(name)).toList();
        return new SampleOutcome(
                SampleEntry.finished(sample.answer(), traced, idle, settings.additions(), seconds),
                idle,
                Optional.empty(),
                false,
                traced.region().filter(region -> !region.missing().isEmpty()).isPresent());
    }

    static SampleOutcome failed(String message, boolean refuted) {
        return new SampleOutcome(SampleEntry.failed(message, refuted), List.of(), Optional.of(message), refuted, false);
    }

    /** The outcome whose fields another process wrote. */
    static SampleOutcome of(ObjectNode written) {
        List<String> idle = new ArrayList<>();
        written.path(SampleEntry.IDLE).forEach(name -> idle.add(name.textValue()));
        return new SampleOutcome(
                json -> {
                    for (Map.Entry<String, JsonNode> field : written.properties()) {
                        json.writeFieldName(field.getKey());
                        json.writeTree(field.getValue());
                    }
                },
                idle,
                Optional.ofNullable(written.path(SampleEntry.FAILED).textValue()),
                written.path(SampleEntry.REFUTED).asBoolean(),
                written.has(TracedRegion.NONE));
    }
}
