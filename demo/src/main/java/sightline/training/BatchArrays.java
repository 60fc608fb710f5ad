package sightline.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import sightline.mllama.MllamaConfig;

/** Collects packed sequences row by row and makes a {@link TextBatch} of them. */
final class BatchArrays {
    /** What a row is. */
    private enum Kind {
        /** Filled up; reads only itself, and nothing reads it. */
        FILLER,
        /** Part of a prompt. */
        QUESTION,
        /** A prompt's last token, or an answer token. */
        LAST
    }

    /** Where a row, counted through all sequences, is to look: at these vision tokens. */
    private record Look(int row, int sequence, int[] shownAt) {}

    private final int size;
    private final int rows;
    private final int visionTokens;
    private final int[] ids;
    private final int[] positions;
    private final Kind[] kinds;
    private final float[] selfMask;
    private final float[] crossMask;
    private final float[] mlpFactor;
    private final IntStream.Builder answerRows = IntStream.builder();
    private final IntStream.Builder targets = IntStream.builder();
    private final IntStream.Builder questionOfRow = IntStream.builder();
    private final List<Look> looks = new ArrayList<>();
    private int sequence;
    private int question;

    BatchArrays(int size, int rows, int visionTokens) {
        this.size = size;
        this.rows = rows;
        this.visionTokens = visionTokens;
        ids = new int[size * rows];
        positions = new int[size * rows];
        kinds = new Kind[size * rows];
        Arrays.fill(kinds, Kind.FILLER);
        selfMask = new float[size * rows * rows];
        Arrays.fill(selfMask, Float.NEGATIVE_INFINITY);
        crossMask = new float[size * rows * visionTokens];
        mlpFactor = new float[size * rows];
        Arrays.fill(mlpFactor, 1);
    }

    /** Adds the next sequence; its rows from the image token on see that many vision tokens. */
    void add(PackedSequence packed, int validTokens) {
        int start = sequence * rows;
        int prefix = packed.prefix().length;
        for (int row = 0; row < prefix; row++) {
            put(start + row, packed.prefix()[row], row, Kind.QUESTION);
            open(row, 0, row + 1);
        }
        int at = prefix;
        for (PackedSequence.Branch branch : packed.branches()) {
            int first = at;
            for (int row = 0; row < branch.rows(); row++, at++) {
                boolean last = row >= branch.firstAnswerRow();
                put(start + at, branch.token(row), prefix + row, last ? Kind.LAST : Kind.QUESTION);
                open(at, 0, prefix);
                open(at, first, at + 1);
                if (last) {
                    answerRows.add(start + at);
                    targets.add(branch.answer()[row - branch.firstAnswerRow()]);
                    questionOfRow.add(question);
                }
            }
            if (branch.asked() >= 0) {
                looks.add(new Look(start + first + branch.asked(), sequence, branch.shownAt()));
            }
            question++;
        }
        for (int row = at; row < rows; row++) {
            open(row, row, row + 1);
        }
        for (int row = packed.imagePosition(); row < rows; row++) { // rows before it see all tiles
            int from = (start + row) * visionTokens;
            Arrays.fill(crossMask, from + validTokens, from + visionTokens, Float.NEGATIVE_INFINITY);
        }
        Arrays.fill(mlpFactor, start, start + packed.imagePosition(), 0);
        sequence++;
    }

    private void put(int at, int id, int position, Kind kind) {
        ids[at] = id;
        positions[at] = position;
        kinds[at] = kind;
    }

    private void open(int row, int fromKey, int toKey) {
        int start = (sequence * rows + row) * rows;
        Arrays.fill(selfMask, start + fromKey, start + toKey, 0);
    }

    TextBatch batch(MllamaConfig config, List<CutPlan> cutPlans) {
        int headSize = config.text().llama().headSize();
        float[][] rotations = TextBatch.rotations(positions, config);
        Map<Integer, Tensor> cuts = new HashMap<>();
        for (int layer : config.text().crossAttentionLayers()) {
            float[] kept = kept(layer, cutPlans);
            if (kept != null) {
                cuts.put(layer, tensor(kept, size, rows, 1));
            }
        }
        return new TextBatch(
                size,
                rows,
                sightline.tensor.HostArrays.indices(ids),
                tensor(rotations[0], size, rows, 1, headSize),
                tensor(rotations[1], size, rows, 1, headSize),
                tensor(selfMask, size, 1, rows, rows),
                tensor(crossMask, size, 1, rows, visionTokens),
                tensor(mlpFactor, size, rows, 1),
                cuts,
                answerRows.build().toArray(),
                targets.build().toArray(),
                questionOfRow.build().toArray(),
                looks());
    }

    private Looks looks() {
        float[] shown = new float[looks.size() * visionTokens];
        Arrays.fill(shown, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < looks.size(); i++) {
            for (int token : looks.get(i).shownAt()) {
                shown[i * visionTokens + token] = 0;
            }
        }
        return new Looks(
                looks.stream().mapToInt(Look::row).toArray(),
                looks.stream().mapToInt(Look::sequence).toArray(),
                tensor(shown, looks.size(), visionTokens));
    }

    /** 0 in rows that read nothing in this layer, otherwise 1; null if all read. */
    private float[] kept(int layer, List<CutPlan> cutPlans) {
        float[] kept = new float[size * rows];
        boolean any = false;
        for (int i = 0; i < kept.length; i++) {
            CutPlan plan = cutPlans.get(i / rows);
            boolean cut = (kinds[i] == Kind.LAST && plan.cutsLast(layer))
                    || (kinds[i] == Kind.QUESTION && plan.cutsQuestion(layer));
            kept[i] = cut ? 0 : 1;
            any |= cut;
        }
        return any ? kept : null;
    }

    private static Tensor tensor(float[] values, long... shape) {
        return sightline.tensor.HostArrays.tensor(values, shape);
    }
}
