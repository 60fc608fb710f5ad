package sightline.knockout;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is done to a model while it reads: acts that go together. Data, not code. A cut pathway is an intervention of one
 * act; a joint cut has several.
 *
 * @param name as in results and on the command line
 * @param acts at least one
 * @param maskings those under which it does what its name says; all of them, as a rule
 */
public record Intervention(String name, List<Act> acts, Set<Masking> maskings) {
    /** @throws IllegalArgumentException if the name is blank, or there are no acts or no maskings */
    public Intervention {
        acts = List.copyOf(acts);
        maskings = Set.copyOf(maskings);
        if (name.isBlank() || acts.isEmpty() || maskings.isEmpty()) {
            throw new IllegalArgumentException(
                    "an intervention needs a name, an act and a masking: `" + name + "`, " + acts + ", " + maskings);
        }
    }

    /** An intervention under any masking. */
    public Intervention(String name, List<Act> acts) {
        this(name, acts, EnumSet.allOf(Masking.class));
    }

    /** An intervention of one act. */
    public Intervention(String name, Act act) {
        this(name, List.of(act));
    }

    /** Whether it does what its name says under a masking. */
    public boolean allows(Masking masking) {
        return maskings.contains(masking);
    }

    /** Whether it acts in layers of this medium. */
    public boolean actsIn(Medium medium) {
        for (Act act : acts) {
            if (act.medium() == medium) {
                return true;
            }
        }
        return false;
    }

    /** What it does in one layer; itself if it does the same in all. */
    public Intervention at(int layer) {
        return acts.stream().noneMatch(act -> act.edit() instanceof Edit.ByLayer)
                ? this
                : new Intervention(name, acts.stream().map(act -> act.at(layer)).toList(), maskings);
    }

    /** Whether there is anything to change when this answer token is read out. */
    public boolean changesAnything(Layout layout) {
        return acts.stream().anyMatch(act -> act.changesAnything(layout));
    }

    /** The layers of a window in which it acts: those that carry a medium of its acts. Empty if it changes nothing. */
    public BitSet layers(Window window, ModelShape shape) {
        BitSet layers = new BitSet();
        for (int layer = window.first(); layer <= window.last(); layer++) {
            layers.set(layer, actsIn(shape.medium(layer)));
        }
        return layers;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
