package sightline.training;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import sightline.world.Mix;
import sightline.world.SceneQuestion;
import sightline.world.World;
import sightline.writing.LearntProcessor;

/** The demo model's processor: it knows every word of the world, and of the published instructions around a question. */
final class DemoProcessor {
    /** Enough for every word of the world to occur. */
    private static final int SCENES = 600;

    private DemoProcessor() {}

    /** Learns it: about a second. */
    static LearntProcessor learn() {
        Stream<SceneQuestion> questions =
                IntStream.range(0, SCENES).boxed().flatMap(seed -> World.scene(seed, Mix.all()).questions().stream());
        Stream<String> texts = questions.flatMap(question -> Stream.of(
                question.style()
                        .prompt()
                        .fill(question.question(), question.choices())
                        .text(),
                question.answer()));
        return new LearntProcessor(texts, World.TILE, World.MAX_TILES);
    }
}
