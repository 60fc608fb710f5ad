package sightline.training;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.WeightSource;
import sightline.mllama.MllamaConfig;

/** The parameters as the engine's weights, without a copy where it needs none: for trying a model while it is trained. */
final class LiveWeights implements WeightSource {
    private final MllamaConfig config;
    private final Map<String, Tensor> views = new HashMap<>();

    LiveWeights(MllamaConfig config, Parameters parameters) {
        this.config = config;
        try (PointerScope scope = new PointerScope()) {
            config.weights().forEach(spec -> {
                Tensor view = parameters.slots().get(spec.name()).of(parameters.values());
                view.retainReference();
                views.put(spec.name(), view);
            });
        }
    }

    @Override
    public MllamaConfig config() {
        return config;
    }

    @Override
    public Tensor weight(String publishedName) {
        Tensor view = views.get(publishedName);
        if (view == null) {
            throw new IllegalArgumentException("the model has no weight " + publishedName);
        }
        return view;
    }

    @Override
    public void close() {
        views.values().forEach(Tensor::close);
        views.clear();
    }
}
