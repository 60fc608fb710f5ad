package sightline.checkpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.Medium;
import sightline.tensor.Randoms;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * Random weights in the shapes of a configuration, stored as bfloat16: for measuring and for tests, where what a model says
 * does not matter, but what each part contributes must not vanish.
 *
 * <p>Matrices are normal with variance 1 / inputs, norms lie around 1, gates around 0.8, embeddings have variance 1.
 */
public final class RandomWeights implements WeightSource {
    private static final Pattern LAYER = Pattern.compile("(.*\\.layers\\.)(\\d+)(\\..*)");

    private final ModelConfig config;
    private final long seed;
    private final boolean oneOfAKind;
    private final Map<String, WeightSpec> specs;
    private final Map<String, Tensor> made = new HashMap<>();
    private final TensorOwner owner = new TensorOwner("the random weights");

    /**
     * Nothing is made before it is asked for.
     *
     * @param seed the same seed gives the same weights
     * @param oneOfAKind whether all layers of a kind share one layer's weights, so that a model fits whose weights do not
     */
    public RandomWeights(ModelConfig config, long seed, boolean oneOfAKind) {
        this.config = config;
        this.seed = seed;
        this.oneOfAKind = oneOfAKind;
        this.specs = config.weights().stream().collect(Collectors.toMap(WeightSpec::name, Function.identity()));
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public synchronized Tensor weight(String publishedName) {
        owner.requireOpen();
        WeightSpec spec = specs.get(publishedName);
        if (spec == null) {
            throw new IllegalArgumentException("the model has no weight " + publishedName);
        }
        return made.computeIfAbsent(oneOfAKind ? representative(publishedName) : publishedName, name -> {
            try (Scope scope = Scope.open()) {
                return owner.own(make(spec, seedOf(name, seed)));
            }
        });
    }

    private String representative(String name) {
        Matcher matcher = LAYER.matcher(name);
        if (!matcher.matches()) {
            return name;
        }
        boolean text = name.startsWith("language_model");
        boolean readsImage = text && config.shape().medium(Integer.parseInt(matcher.group(2))) == Medium.IMAGE;
        return matcher.group(1) + (readsImage ? "image" : "plain") + matcher.group(3);
    }

    private static Tensor make(WeightSpec spec, long seed) {
        long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
        Normal normal = Normal.of(spec);
        return Randoms.normal(shape, normal.mean(), normal.deviation(), seed);
    }

    /** A weight's numbers piece by piece, as {@link #weight} would give them with this seed and no layer shared. */
    public static void pieces(WeightSpec spec, long seed, Consumer<Tensor> take) {
        Normal normal = Normal.of(spec);
        Randoms.normal(spec.elements(), normal.mean(), normal.deviation(), seedOf(spec.name(), seed), take);
    }

    private static long seedOf(String name, long seed) {
        return seed ^ name.hashCode();
    }

    /** The distribution that a weight is drawn from. */
    private record Normal(double mean, double deviation) {
        static Normal of(WeightSpec spec) {
            String name = spec.name();
            int axes = spec.shape().size();
            if (name.contains("gate") && spec.elements() == 1) {
                return new Normal(0.8, 0.1);
            }
            if (name.endsWith("norm.weight") || name.matches(".*laye?r_?norm(_pre|_post|1|2)?\\.weight")) {
                return new Normal(1, 0.1);
            }
            if (axes < 2) {
                return new Normal(0, 0.1);
            }
            if (spec.isEmbedding()) {
                return new Normal(0, 1);
            }
            long inputs = spec.elements() / spec.shape().get(0);
            return new Normal(0, 1 / Math.sqrt((double) inputs));
        }
    }

    @Override
    public void close() {
        owner.close();
    }
}
