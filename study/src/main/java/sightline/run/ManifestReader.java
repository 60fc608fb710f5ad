package sightline.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import sightline.dataset.Dataset;
import sightline.knockout.HeadSet;
import sightline.knockout.Medium;
import sightline.run.Manifest.DatasetFile;
import sightline.run.Manifest.ModelFacts;
import sightline.run.Manifest.SettingsFacts;

/** Reads manifests of all formats. */
record ManifestReader(ManifestFields fields) {
    private static final String HEADS = "/settings/heads";
    private static final String ORDER = "/settings/head_order";

    Manifest manifest() {
        int format = fields.integer("/format", 1);
        ModelFacts model = model();
        SettingsFacts settings = settings();
        return new Manifest(
                format,
                fields.maybe("/sightline"),
                fields.maybe("/created"),
                dataset(),
                new DatasetFile(
                        fields.maybe("/dataset_file/path"),
                        fields.maybe("/dataset_file/sha256"),
                        fields.integer("/dataset_file/entries", 0),
                        fields.maybe("/dataset_file/samples_sha256")),
                model,
                settings,
                format < Manifest.FORMAT ? told(settings, model) : interventions(settings, model.layers()));
    }

    private Dataset dataset() {
        String names = Arrays.stream(Dataset.values()).map(Dataset::toString).collect(Collectors.joining(", "));
        return Dataset.named(fields.text("/dataset")).orElseThrow(() -> fields.wrong("/dataset", "one of " + names));
    }

    private ModelFacts model() {
        int layers = fields.integer("/model/layers", 1);
        return new ModelFacts(
                fields.text("/model/path"),
                fields.maybe("/model/fingerprint"),
                fields.maybe("/model/weights"),
                fields.maybe("/model/processor"),
                fields.maybe("/model/image_mode"),
                layers,
                fields.layers("/model/cross_attention_layers", layers));
    }

    private SettingsFacts settings() {
        return new SettingsFacts(
                fields.texts("/settings/pathways"),
                fields.integers("/settings/k"),
                fields.texts("/settings/masking"),
                fields.maybe("/settings/rows"),
                fields.maybe("/settings/temperature"),
                fields.maybe("/settings/strategy"),
                fields.maybe("/settings/dtype"),
                fields.maybe("/settings/device"),
                fields.maybe("/settings/prompt"),
                additions(),
                new Foils(
                        listed("/settings/foil"),
                        fields.json().at("/settings/foil_choices").asBoolean(false)),
                fields.json().at("/settings/" + ManifestWriter.FLIP_END).asBoolean(false));
    }

    /** Fields that are there if there is something in them. */
    private TraceAdditions additions() {
        List<KeepIn> keepIn = constants("/settings/keep_in", KeepIn.values());
        return new TraceAdditions(
                listed("/settings/keep"),
                keepIn.isEmpty() ? List.of(KeepIn.DEPTH) : keepIn,
                listed("/settings/joint"),
                listed("/settings/triangle"),
                constants("/settings/controls", Control.values()),
                constants("/settings/inside", InsideKind.values()),
                heads(),
                jointHeads(),
                fields.json().at("/settings/region").asText().equals(ManifestWriter.ANSWER));
    }

    private <E extends Enum<E>> List<E> constants(String pointer, E[] all) {
        List<E> named = new ArrayList<>();
        for (String name : listed(pointer)) {
            named.add(Arrays.stream(all)
                    .filter(one -> one.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> fields.wrong(pointer, "some of " + List.of(all))));
        }
        return named;
    }

    private HeadFill heads() {
        if (fields.json().at(HEADS).isMissingNode()) {
            return HeadFill.NONE;
        }
        String name = fields.text(HEADS);
        return Arrays.stream(HeadFill.values())
                .filter(fill -> fill != HeadFill.NONE && fill.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> fields.wrong(HEADS, "zero or mean"));
    }

    private JointHeads jointHeads() {
        List<HeadSet> sets = listed("/settings/head_sets").stream()
                .map(text -> HeadSet.parse(text)
                        .orElseThrow(() -> fields.wrong("/settings/head_sets", "heads as LAYER.HEAD")))
                .toList();
        return new JointHeads(
                sets,
                fields.maybe("/settings/head_rows").equals("all"),
                false,
                fields.json().at(ORDER).isMissingNode() ? List.of() : fields.integers(ORDER));
    }

    private List<String> listed(String pointer) {
        return fields.json().at(pointer).isMissingNode() ? List.of() : fields.texts(pointer);
    }

    /** Earlier formats have the names alone. */
    private static List<InterventionFacts> told(SettingsFacts settings, ModelFacts model) {
        return settings.pathways().stream()
                .map(name ->
                        KnownPathways.named(name, settings.masking(), model.layers(), model.crossAttentionLayers()))
                .toList();
    }

    private List<InterventionFacts> interventions(SettingsFacts settings, int layers) {
        List<InterventionFacts> interventions = fields.objects("/interventions", 0).stream()
                .map(one -> new InterventionFacts(
                        one.text("/name"),
                        one.objects("/acts", 1).stream()
                                .map(act -> act(act, layers))
                                .toList()))
                .toList();
        List<String> names = interventions.stream().map(InterventionFacts::name).toList();
        if (!names.equals(settings.pathways())) {
            throw fields.wrong("/settings/pathways", "the names of the interventions, " + names);
        }
        return interventions;
    }

    private static ActFacts act(ManifestFields act, int layers) {
        return new ActFacts(
                Medium.named(act.text("/medium")).orElseThrow(() -> act.wrong("/medium", "text or image")),
                act.layers("/layers", layers),
                act.texts("/targets"),
                act.texts("/sources"),
                act.texts("/maskings"));
    }
}
