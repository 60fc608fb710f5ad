package sightline.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import sightline.error.InputException;

/** The open weight files of a checkpoint: every weight of the model is there, has its shape and a readable type. */
final class WeightStore implements AutoCloseable {
    private static final String HEAD = "language_model.lm_head.weight";

    private record Place(SafetensorsFile file, String storedName) {
        TensorEntry entry() {
            return file.entry(storedName);
        }
    }

    private final Path source;
    private final ModelConfig config;
    private final List<SafetensorsFile> files = new ArrayList<>();
    private final Map<String, Place> places = new LinkedHashMap<>(); // by published name
    private final SortedMap<StoredType, Long> parametersByType = new TreeMap<>();
    private List<String> unused = List.of();

    private WeightStore(Path source, ModelConfig config) {
        this.source = source;
        this.config = config;
    }

    static WeightStore open(WeightIndex index, ModelConfig config) {
        WeightStore store = new WeightStore(index.source(), config);
        try {
            Map<Path, SafetensorsFile> opened = new LinkedHashMap<>();
            for (Path path : index.files()) {
                SafetensorsFile file = SafetensorsFile.open(path);
                store.files.add(file);
                opened.put(path, file);
            }
            index.check(opened);
            store.files.forEach(store::locate);
            store.check(config.weights());
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void locate(SafetensorsFile file) {
        for (String stored : file.names()) {
            String name = config.publishedName(stored);
            Place before = places.put(name, new Place(file, stored));
            if (before != null) {
                throw new InputException(
                        file.path().toString(),
                        "tensor " + stored + " is there twice: also as " + before.storedName() + " in "
                                + before.file().path().getFileName(),
                        "every tensor once",
                        "Fetch the checkpoint again into an empty folder");
            }
        }
    }

    private void check(List<WeightSpec> needed) {
        List<String> missing = needed.stream()
                .map(WeightSpec::name)
                .filter(name -> !places.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw missing(missing, needed.size());
        }
        Set<String> used = new HashSet<>();
        for (WeightSpec spec : needed) {
            Place place = places.get(spec.name());
            TensorEntry entry = place.entry();
            if (!entry.shape().equals(spec.shape())) {
                throw new InputException(
                        place.file().path().toString(),
                        "tensor " + entry.name() + " has the shape " + entry.shape(),
                        "the shape " + spec.shape() + ", as config.json says",
                        "Use the config.json and the weights of the same checkpoint");
            }
            if (!entry.type().isReadable()) {
                throw place.file().unreadable(entry);
            }
            parametersByType.merge(entry.type(), entry.elements(), Long::sum);
            used.add(spec.name());
        }
        unused = places.keySet().stream()
                .filter(name -> !used.contains(name) && !config.leavesOut(name))
                .toList();
    }

    private InputException missing(List<String> missing, int needed) {
        if (missing.equals(List.of(HEAD))) {
            return new InputException(
                    source.toString(),
                    "has no output head, tensor " + HEAD,
                    "a head of its own: " + config.whyHeadIsNeeded(),
                    "Use the checkpoint as it was published");
        }
        return new InputException(
                source.toString(),
                missing.size() + " of the " + needed + " tensors of the model are missing: " + Listing.firstOf(missing),
                "the weights of the model that config.json describes",
                "Fetch the weights again, or the config.json that belongs to them");
    }

    boolean has(String published) {
        return places.containsKey(published);
    }

    /** The caller owns the view. */
    Tensor tensor(String published) {
        Place place = places.get(published);
        if (place == null) {
            throw new IllegalArgumentException(source + " holds no weight " + published);
        }
        return place.file().tensor(place.storedName());
    }

    List<SafetensorsFile> files() {
        return List.copyOf(files);
    }

    SortedMap<StoredType, Long> parametersByType() {
        return parametersByType;
    }

    List<String> unused() {
        return unused;
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
