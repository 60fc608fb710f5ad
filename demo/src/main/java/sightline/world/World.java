package sightline.world;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import sightline.dataset.Dataset;
import sightline.image.RgbImage;

/**
 * The demo's world: the same seed and mix give the same scene on every machine. May be used by several threads.
 *
 * <p>Shapes: {@link Dataset#VQAV2} and {@link Dataset#VISUAL7W}; documents: {@link Dataset#DOCVQA}. All questions of a
 * scene have one style.
 */
public final class World {
    /** The side of a tile in pixels. */
    public static final int TILE = 48;
    /** The side of a patch in pixels. */
    public static final int PATCH = 8;
    /** The places of a tile: the tile as a whole, and its patches. */
    static final int PLACES = 1 + (TILE / PATCH) * (TILE / PATCH);
    /** The most tiles of a picture. */
    public static final int MAX_TILES = 4;
    /** The most tiles in a row or column. */
    static final int LONGEST_SIDE = 3;

    private static final int TRIES_PER_QUESTION = 5;
    private static final int TRIES_PER_SCENE = 100;

    private World() {}

    /**
     * A scene.
     *
     * @throws IllegalStateException if the mix asks what its scenes never hold, e.g. only for two of a colour among
     *     colours that all differ
     */
    public static Scene scene(long seed, Mix mix) {
        return draft(seed, mix).painted().get();
    }

    /** What is asked in {@link #scene}, without painting it. */
    public static List<SceneQuestion> questions(long seed, Mix mix) {
        return draft(seed, mix).questions();
    }

    /** A scene that is made up but not painted yet. */
    private record Draft(List<SceneQuestion> questions, Supplier<Scene> painted) {}

    private static Draft draft(long seed, Mix mix) {
        Dice dice = new Dice(seed);
        Dataset[] styles = Dataset.values();
        double[] weights = new double[styles.length];
        for (int i = 0; i < styles.length; i++) {
            weights[i] = mix.weight(styles[i]);
        }
        Dataset style = styles[dice.weighted(weights)];
        for (int i = 0; i < TRIES_PER_SCENE; i++) {
            Draft draft = style == Dataset.DOCVQA ? page(dice, mix) : shapes(style, dice, mix);
            if (!draft.questions().isEmpty()) {
                return draft;
            }
        }
        throw new IllegalStateException("no scene of " + TRIES_PER_SCENE + " can be asked any of " + mix.kinds());
    }

    private static Draft shapes(Dataset style, Dice dice, Mix mix) {
        ShapeScene scene = ShapeSceneMaker.make(dice, mix.distinct());
        List<SceneQuestion> questions =
                ask(scene, style == Dataset.VQAV2 ? OpenQuestions.ALL : ChoiceQuestions.ALL, dice, mix);
        return new Draft(questions, () -> {
            ShapePainter painter = new ShapePainter(scene);
            RgbImage picture = painter.paint().finish(dice);
            // where all differs, whoever counts learns that nothing occurs twice
            List<Scene.Labels> labels = painter.labels(!mix.distinct()).finish();
            return new Scene(picture, scene.tileRows(), scene.tileColumns(), labels, questions, List.of());
        });
    }

    private static Draft page(Dice dice, Mix mix) {
        Page page = PageMaker.make(dice);
        List<SceneQuestion> questions = ask(page, PageQuestions.ALL, dice, mix);
        return new Draft(questions, () -> {
            PagePainter painter = new PagePainter(page, dice);
            RgbImage picture = painter.paint().finish(dice);
            return new Scene(
                    picture,
                    page.tileRows(),
                    page.tileColumns(),
                    painter.labels().finish(),
                    questions,
                    painter.words());
        });
    }

    /** Different questions of kinds chosen by weight, as far as the scene can be asked so. */
    static <S> List<SceneQuestion> ask(S scene, List<Kind<S>> kinds, Dice dice, Mix mix) {
        double[] weights = kinds.stream()
                .mapToDouble(kind -> mix.kinds().getOrDefault(kind.name(), 0.0))
                .toArray();
        Set<String> asked = new HashSet<>();
        List<SceneQuestion> questions = new ArrayList<>();
        for (int i = 0; i < TRIES_PER_QUESTION * mix.questions() && questions.size() < mix.questions(); i++) {
            Kind<S> kind = kinds.get(dice.weighted(weights));
            Optional<Kind.Asked> made = kind.maker().ask(scene, dice);
            if (made.isPresent() && asked.add(kind.name() + made.get().question())) {
                Kind.Asked one = made.get();
                questions.add(new SceneQuestion(
                        kind.style(),
                        kind.name(),
                        one.question(),
                        one.choices(),
                        one.answer(),
                        List.of(one.category()),
                        one.shownAt()));
            }
        }
        return questions;
    }

    private static Stream<Kind<?>> everyKind() {
        return Stream.of(OpenQuestions.ALL, ChoiceQuestions.ALL, PageQuestions.ALL)
                .flatMap(List::stream);
    }

    /** The names of all kinds of questions. */
    public static List<String> kinds() {
        return everyKind().map(Kind::name).toList();
    }

    /** The names of all kinds of one style. */
    public static List<String> kinds(Dataset style) {
        return everyKind().filter(kind -> kind.style() == style).map(Kind::name).toList();
    }

    /** How often each kind is asked unless a mix says otherwise. */
    public static Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        everyKind().forEach(kind -> weights.put(kind.name(), kind.weight()));
        return weights;
    }
}
