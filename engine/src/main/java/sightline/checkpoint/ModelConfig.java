package sightline.checkpoint;

import java.util.List;
import java.util.Set;
import sightline.knockout.ModelShape;
import sightline.plan.FamilyRules;
import sightline.tensor.Work;

/** A checkpoint's {@code config.json}, whatever its family. */
public interface ModelConfig {
    /** The decoder as an experiment sees it. */
    ModelShape shape();

    /** What is particular to the family in an experiment. */
    FamilyRules rules();

    /** Every weight that the model needs, by its published name, with its shape, in the order of its use. */
    List<WeightSpec> weights();

    /** The published name of a tensor that is stored under any naming scheme; other names stay as they are. */
    String publishedName(String stored);

    /** Whether published checkpoints hold this tensor though the model never reads it: nobody needs to be told. */
    default boolean leavesOut(String publishedName) {
        return false;
    }

    /** How many numbers the model's weights hold. */
    default long parameters() {
        return weights().stream().mapToLong(WeightSpec::elements).reduce(0L, Math::addExact);
    }

    /** Why nothing can stand in for a missing output head. */
    String whyHeadIsNeeded();

    /** What ends an answer where no file of the checkpoint says it. */
    default Set<Integer> usualEndTokens() {
        return Set.of();
    }

    /** The token that stands for the picture in a prompt. */
    int imageToken();

    /** How many rows of a prompt stand for a picture. */
    default int imageRows() {
        return 1;
    }

    /** The side of a tile of a picture, in pixels. */
    int tileSide();

    /** The most tiles that a picture is cut into. */
    int mostTiles();

    /**
     * The products of the vision tower.
     *
     * @param tiles that hold picture
     */
    List<Work> towerWork(int tiles);

    /** The products that make of the tower's output what the decoder reads. */
    List<Work> memoryWork();

    /** What those are called. */
    String memoryName();

    /** The architecture's name, with the name of its configuration in brackets. */
    String architecture();

    /** What a person wants to know of its sizes, in order. */
    List<Fact> facts();

    /**
     * One line of a description.
     *
     * @param name of what is described
     * @param value in words
     */
    record Fact(String name, String value) {}
}
