package sightline.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import sightline.answering.ManifestParts;
import sightline.answering.StudyCheckpoint;
import sightline.knockout.Interventions;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.run.Manifest.DatasetFile;

/** Writes the manifests of runs that begin. */
final class ManifestWriter {
    /** The region that is the place on the page that says the answer. */
    static final String ANSWER = "answer";

    /** The setting by which an answer that no longer ends flips. */
    static final String FLIP_END = "flip_end";

    private ManifestWriter() {}

    /** The manifest of a run under a plan. */
    static ObjectNode json(RunPlan plan, DatasetFile file, StudyCheckpoint checkpoint) {
        RunSettings asked = plan.settings();
        ModelShape shape = checkpoint.config().shape();
        List<String> maskings = asked.maskings().stream().map(Object::toString).toList();
        ObjectNode json = ManifestParts.begin(Manifest.FORMAT);
        json.put("sightline", version());
        json.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("dataset", plan.dataset().toString());
        json.set(Manifest.DATASET_FILE, json(file));
        ObjectNode model = ManifestParts.putModel(json, checkpoint).put("layers", shape.layers());
        shape.layersOf(Medium.IMAGE).forEach(model.putArray("cross_attention_layers")::add);
        ObjectNode settings = json.putObject("settings");
        ArrayNode names = settings.putArray("pathways");
        asked.pathways().forEach(names::add);
        asked.sizes().forEach(settings.putArray("k")::add);
        maskings.forEach(settings.putArray("masking")::add);
        put(settings, "keep", asked.additions().keep());
        if (asked.additions().keeps(KeepIn.WINDOWS)) {
            put(settings, "keep_in", asked.additions().keepIn());
        }
        put(settings, "joint", asked.additions().joint());
        put(settings, "triangle", asked.additions().triangle());
        put(settings, "controls", asked.additions().controls());
        put(settings, "inside", asked.additions().inside());
        if (asked.additions().heads() != HeadFill.NONE) {
            settings.put("heads", asked.additions().heads().toString());
            put(settings, asked.additions().jointHeads());
        }
        put(settings, "foil", asked.foils().texts());
        if (asked.foils().choices()) {
            settings.put("foil_choices", true);
        }
        if (asked.flipEnd()) {
            settings.put(FLIP_END, true);
        }
        if (asked.additions().answerRegion()) {
            settings.put("region", ANSWER);
        }
        settings.put("rows", asked.rows().toString()).put("temperature", asked.temperature());
        settings.put("strategy", asked.strategy().toString());
        ManifestParts.putLoading(settings, checkpoint, plan.dataset());
        ArrayNode interventions = json.putArray("interventions");
        Interventions family = checkpoint.config().rules().interventions();
        family.named(asked.pathways()).stream()
                .map(intervention -> KnownPathways.of(intervention, family, maskings, shape))
                .forEach(facts -> put(interventions.addObject(), facts));
        return json;
    }

    /** Only if there is something: a run of an earlier version, which knew none of it, goes on. */
    private static void put(ObjectNode settings, String field, List<?> names) {
        if (!names.isEmpty()) {
            ArrayNode list = settings.putArray(field);
            names.forEach(name -> list.add(name.toString()));
        }
    }

    /** Whether a second round follows is left out: no line of this one depends on it. */
    private static void put(ObjectNode settings, JointHeads heads) {
        put(settings, "head_sets", heads.sets());
        if (!heads.sets().isEmpty()) {
            settings.put("head_rows", heads.allRows() ? "all" : "readout");
        }
        if (!heads.order().isEmpty()) {
            heads.order().forEach(settings.putArray("head_order")::add);
        }
    }

    /** The dataset's file in a manifest. */
    static ObjectNode json(DatasetFile file) {
        return ManifestParts.object()
                .put("path", file.path())
                .put("sha256", file.sha256())
                .put("entries", file.entries())
                .put("samples_sha256", file.samplesSha256());
    }

    private static void put(ObjectNode json, InterventionFacts facts) {
        ArrayNode acts = json.put("name", facts.name()).putArray("acts");
        for (ActFacts fact : facts.acts()) {
            ObjectNode act = acts.addObject().put("medium", fact.medium().toString());
            fact.layers().forEach(act.putArray("layers")::add);
            fact.targets().forEach(act.putArray("targets")::add);
            fact.sources().forEach(act.putArray("sources")::add);
            fact.maskings().forEach(act.putArray("maskings")::add);
        }
    }

    private static String version() {
        String version = Manifest.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
