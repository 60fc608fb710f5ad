package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sightline.knockout.AttentionRow;
import sightline.knockout.BranchRatio;
import sightline.knockout.EdgeShare;
import sightline.knockout.Inside;
import sightline.knockout.Lens;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.RowReading;
import sightline.knockout.Trace;

/** What is read inside a decoder: whether two sweeps agree on it, and whether it can be right at all. */
final class InsideNumbers {
    private InsideNumbers() {}

    static void assertEqual(Trace trace, Trace other, double tolerance) {
        Inside one = trace.inside();
        Inside two = other.inside();
        assertLensesEqual(one.lens(), two.lens(), tolerance);
        assertThat(one.cut()).hasSameSizeAs(two.cut());
        for (int i = 0; i < one.cut().size(); i++) {
            assertThat(one.cut().get(i).track()).isEqualTo(two.cut().get(i).track());
            if (one.cut().get(i).window() == two.cut().get(i).window()) { // two may be as harmful, up to rounding
                assertLensesEqual(one.cut().get(i).tokens(), two.cut().get(i).tokens(), tolerance);
            }
        }
        assertAttentionEqual(one.attention(), two.attention(), tolerance);
        assertAttentionEqual(one.rows(), two.rows(), tolerance);
        assertThat(one.gates()).hasSameSizeAs(two.gates());
        for (int i = 0; i < one.gates().size(); i++) {
            BranchRatio a = one.gates().get(i);
            BranchRatio b = two.gates().get(i);
            assertThat(a.attentionGate()).isEqualTo(b.attentionGate());
            assertRelative(a.attention(), b.attention(), tolerance);
            assertRelative(a.mlp(), b.mlp(), tolerance);
        }
        assertThat(one.edges()).hasSameSizeAs(two.edges());
        for (int i = 0; i < one.edges().size(); i++) {
            EdgeShare a = one.edges().get(i);
            EdgeShare b = two.edges().get(i);
            for (int token = 0; token < a.attention().length; token++) {
                for (int layer = 0; layer < a.attention()[token].length; layer++) {
                    boolean edges = !Double.isNaN(a.attention()[token][layer]);
                    assertThat(edges).isEqualTo(!Double.isNaN(b.attention()[token][layer]));
                    if (edges) {
                        near(a.attention()[token][layer], b.attention()[token][layer], tolerance);
                        near(a.value()[token][layer], b.value()[token][layer], tolerance);
                    }
                }
            }
        }
    }

    private static void assertAttentionEqual(List<AttentionRow> one, List<AttentionRow> two, double tolerance) {
        assertThat(one).hasSameSizeAs(two);
        for (int i = 0; i < one.size(); i++) {
            AttentionRow a = one.get(i);
            AttentionRow b = two.get(i);
            assertThat(List.of(a.layer(), a.row())).isEqualTo(List.of(b.layer(), b.row()));
            for (int head = 0; head < a.weights().length; head++) {
                for (int key = 0; key < a.weights()[head].length; key++) {
                    assertThat(a.weights()[head][key])
                            .isCloseTo(b.weights()[head][key], within((float) Math.max(tolerance, 1e-6)));
                }
            }
        }
    }

    private static void assertLensesEqual(List<Lens> one, List<Lens> two, double tolerance) {
        assertThat(one).hasSameSizeAs(two).isNotEmpty();
        for (int token = 0; token < one.size(); token++) {
            List<Lens.Stage> a = one.get(token).stages();
            List<Lens.Stage> b = two.get(token).stages();
            assertThat(a).hasSameSizeAs(b);
            for (int stage = 0; stage < a.size(); stage++) {
                near(a.get(stage).measures().logP(), b.get(stage).measures().logP(), tolerance);
                near(
                        a.get(stage).top().get(0).probability(),
                        b.get(stage).top().get(0).probability(),
                        tolerance);
            }
        }
    }

    /** How far the lenses of two traces lie apart, of the answer's log-probability, nats. */
    static double largestLensDifference(Trace one, Trace two) {
        double largest = lensDifference(one.inside().lens(), two.inside().lens());
        for (int i = 0; i < one.inside().cut().size(); i++) {
            if (one.inside().cut().get(i).window() == two.inside().cut().get(i).window()) {
                largest = Math.max(
                        largest,
                        lensDifference(
                                one.inside().cut().get(i).tokens(),
                                two.inside().cut().get(i).tokens()));
            }
        }
        return largest;
    }

    private static double lensDifference(List<Lens> one, List<Lens> two) {
        double largest = 0;
        for (int token = 0; token < one.size(); token++) {
            List<Lens.Stage> a = one.get(token).stages();
            List<Lens.Stage> b = two.get(token).stages();
            for (int stage = 0; stage < a.size(); stage++) {
                double difference =
                        a.get(stage).measures().logP() - b.get(stage).measures().logP();
                largest = Math.max(largest, Math.abs(difference));
            }
        }
        return largest;
    }

    private static void near(double one, double two, double tolerance) {
        assertThat(one).isFinite().isCloseTo(two, within(tolerance * Math.max(1, Math.abs(two))));
    }

    private static void assertRelative(double[] one, double[] two, double tolerance) {
        for (int i = 0; i < one.length; i++) {
            near(one[i], two[i], tolerance);
        }
    }

    /** The lens of the last layer is the output; attention sums to one; whole pathways leave nothing, or everything. */
    static void assertSound(Trace trace, ModelShape shape) {
        Inside inside = trace.inside();
        for (int token = 0; token < trace.baseline().length; token++) {
            Lens.Stage last = inside.lens().get(token).stages().get(shape.layers());
            assertThat(last.measures().logP())
                    .isCloseTo(trace.uncut().get(token).logP(), within(1e-6));
        }
        assertThat(inside.attention()).hasSize(trace.baseline().length * shape.layers());
        for (AttentionRow row : inside.attention()) {
            assertThat(row.weights()).hasNumberOfRows(shape.heads());
            for (float[] head : row.weights()) {
                assertThat(IntStream.range(0, head.length)
                                .mapToDouble(key -> head[key])
                                .sum())
                        .isCloseTo(1, within(1e-5));
            }
        }
        assertThat(inside.gates()).hasSameSizeAs(shape.layersOf(Medium.IMAGE));
        for (EdgeShare share : inside.edges()) {
            for (int token = 0; token < share.attention().length; token++) {
                for (int layer = 0; layer < shape.layers(); layer++) {
                    double taken = share.attention()[token][layer];
                    assertThat(Double.isNaN(taken) || (taken >= -1e-6 && taken <= 1 + 1e-5))
                            .isTrue();
                    for (Map.Entry<Masking, double[][]> left : share.left().entrySet()) {
                        double rest = left.getValue()[token][layer];
                        boolean mean = left.getKey() == Masking.PAPER
                                || trace.request().rows() == RowReading.PAPER; // rows before the image go on with it
                        assertThat(Double.isNaN(rest) || mean || rest == 0)
                                .as("what zero leaves of " + share.intervention())
                                .isTrue();
                    }
                }
            }
        }
    }
}
