package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.knockout.Lens;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.model.Decoder;
import sightline.tensor.HostArrays;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * From states behind the last layer to what is read off them: softmax(logits / T), in the logits' format (METHOD section 5),
 * and the measures at temperature 1. Each state is read out for the answer token that follows its position.
 */
final class Readout {
    /** Rows whose logits are held at once: 128 rows of Llama's vocabulary are 66 MB. */
    private static final int BLOCK = 128;

    /** The same where softmax is taken of all beside the logits. */
    private static final int LENS_BLOCK = 32;

    private final Decoder decoder;
    private final SweepRequest request;
    private final Tensor states;
    private final int[] tokens;
    private final UncutLogits compared;
    private final double[] numbers;
    private final int measured;
    private final int alternatives;
    private final int columns;

    /**
     * Reads all states out. What {@link #cut} needs belongs to the current scope.
     *
     * @param states (states, hidden)
     * @param rows text row of each
     * @param uncut the states of the answer tokens with nothing cut: one for each token that is read out here, in their order
     */
    Readout(Decoder decoder, SweepRequest request, Tensor states, int[] rows, int... uncut) {
        this(decoder, request, states, tokens(request, rows), null, uncut);
    }

    private Readout(
            Decoder decoder, SweepRequest request, Tensor states, int[] tokens, UncutLogits compared, int... uncut) {
        this.decoder = decoder;
        this.request = request;
        this.states = states;
        this.tokens = tokens;
        this.measured = request.reading(Reading.Measures.class).isPresent() ? LogitMeasures.COLUMNS : 0;
        this.alternatives = request.reading(Reading.Alternatives.class)
                .map(Reading.Alternatives::count)
                .orElse(0);
        if (request.reading(Reading.AnswerProbability.class).isEmpty()) {
            this.compared = compared;
            this.numbers = new double[0];
            this.columns = 0;
            return;
        }
        try (Scope all = Scope.open()) {
            Tensor said = HostArrays.indices(said()).to(states.device(), torch.ScalarType.Long);
            Blocks blocks = new Blocks();
            this.compared = measured > 0 && compared == null ? blocks.uncut(all, said, uncut) : compared;
            this.numbers = HostArrays.doubles(blocks.read(said)); // all at once
            this.columns = numbers.length / tokens.length;
        }
    }

    private static int[] tokens(SweepRequest request, int... rows) {
        int first = request.prompt().length() - 1;
        return Arrays.stream(rows).map(row -> row - first).toArray();
    }

    /** The same answer tokens at other states, compared with this one's uncut logits. */
    Readout cut(Tensor others) {
        return new Readout(decoder, request, others, tokens, compared);
    }

    /** Hands what a {@link #lens} is compared with from a scope, the innermost, to the one around it. */
    Readout kept(Scope scope) {
        if (compared != null) {
            compared.kept(scope);
        }
        return this;
    }

    /**
     * Per state the answer token's id; then, per state, its place among the tokens that are read out here; then the foils that
     * are named, if the answer's first token is among these. One array, for the device gets it at once.
     */
    private int[] said() {
        int[] answer = request.answer();
        int[] read = Arrays.stream(tokens).distinct().sorted().toArray();
        return Stream.of(
                        Arrays.stream(tokens).map(token -> answer[token]),
                        Arrays.stream(tokens).map(token -> Arrays.binarySearch(read, token)),
                        request.foils().stream().filter(id -> read[0] == 0).mapToInt(id -> id))
                .flatMapToInt(part -> part)
                .toArray();
    }

    /** The logits of all states, some rows at a time. */
    private final class Blocks {
        private Tensor held;
        private int heldFrom = -1;

        /** The logits of a block; those of the last one that was asked for are kept. */
        private Tensor logits(int start) {
            if (start != heldFrom) {
                drop();
                try (Scope scope = Scope.open()) {
                    held = scope.keep(decoder.logits(states.narrow(0, start, Math.min(BLOCK, tokens.length - start))));
                }
                heldFrom = start;
            }
            return held;
        }

        private void drop() {
            if (heldFrom >= 0) {
                held.close();
                heldFrom = -1;
            }
        }

        /** From the very logits that the uncut states are measured by: a cut that changes nothing then measures as nothing. */
        private UncutLogits uncut(Scope all, Tensor said, int... uncut) {
            Tensor[] rows = new Tensor[uncut.length];
            Tensor[] ids = new Tensor[uncut.length];
            for (int i = 0; i < uncut.length; i++) {
                int start = uncut[i] / BLOCK * BLOCK;
                rows[i] = logits(start).narrow(0, uncut[i] - start, 1).clone();
                ids[i] = said.narrow(0, uncut[i], 1);
            }
            int states = 2 * tokens.length;
            Tensor named = said.narrow(0, states, said.size(0) - states).unsqueeze(0);
            return UncutLogits.of(Ops.cat(0, rows), Ops.cat(0, ids).unsqueeze(1), named)
                    .kept(all);
        }

        /** Per state the answer token's probability, and its measures if they are asked for. */
        private Tensor read(Tensor said) {
            List<Tensor> parts = new ArrayList<>();
            for (int start = 0; start < tokens.length; start += BLOCK) {
                Tensor logits = logits(start);
                try (Scope scope = Scope.open()) {
                    long count = logits.size(0);
                    Tensor ids = said.narrow(0, start, count).unsqueeze(1);
                    List<Tensor> read = new ArrayList<>();
                    if (compared != null) {
                        read.add(new LogitMeasures(compared)
                                .columns(logits, ids, said.narrow(0, tokens.length + start, count)));
                    }
                    Tensor all = distribution(logits); // last: it overwrites the logits
                    Tensor p = all.gather(1, ids);
                    read.add(0, measured + alternatives == 0 ? p : p.to(torch.ScalarType.Double));
                    if (alternatives > 0) {
                        read.add(likeliest(all, alternatives));
                    }
                    parts.add(scope.keep(Ops.cat(1, read.toArray(Tensor[]::new))));
                }
                drop();
            }
            return Ops.cat(0, parts.toArray(Tensor[]::new));
        }
    }

    /** Overwrites the logits. */
    private Tensor distribution(Tensor logits) {
        return Ops.softmax(logits.div_(new Scalar(request.temperature())));
    }

    /** The probability of the answer's token at a state. */
    double probability(int state) {
        return numbers[columns * state];
    }

    /** The measures of the answer's token at a state. */
    TokenMeasures measures(int state) {
        return LogitMeasures.of(numbers, columns * state + 1);
    }

    /** The likeliest tokens at a state, likeliest first, if they were asked for beside the answer's. */
    List<Trace.Candidate> alternatives(int state) {
        return candidates(Arrays.copyOfRange(numbers, columns * state + 1 + measured, columns * (state + 1)), 1)
                .get(0);
    }

    /** The likeliest tokens at each of some states, likeliest first; among equals the lowest id. */
    List<List<Trace.Candidate>> candidates(int count, int... asked) {
        try (Scope scope = Scope.open()) {
            Tensor[] each = Arrays.stream(asked)
                    .mapToObj(state -> likeliest(distribution(decoder.logits(states.narrow(0, state, 1))), count))
                    .toArray(Tensor[]::new);
            return candidates(HostArrays.doubles(Ops.cat(0, each)), asked.length);
        }
    }

    /**
     * What the head says of states behind any layer.
     *
     * @param below (states, hidden)
     * @param of which answer token each is read out for
     * @param top how many of the likeliest tokens
     */
    List<Lens.Stage> lens(Tensor below, int[] of, int top) {
        try (Scope scope = Scope.open()) {
            Readout read = new Readout(decoder, request, below, of, compared);
            List<Tensor> likeliest = new ArrayList<>();
            for (int start = 0; start < of.length; start += LENS_BLOCK) {
                try (Scope block = Scope.open()) {
                    Tensor some = below.narrow(0, start, Math.min(LENS_BLOCK, of.length - start));
                    likeliest.add(block.keep(likeliest(Ops.softmax(decoder.logits(some)), top)));
                }
            }
            List<List<Trace.Candidate>> candidates =
                    candidates(HostArrays.doubles(Ops.cat(0, likeliest.toArray(Tensor[]::new))), of.length);
            return IntStream.range(0, of.length)
                    .mapToObj(state -> new Lens.Stage(read.measures(state), candidates.get(state)))
                    .toList();
        }
    }

    /** p (states, vocabulary) -> (states, 2 · count): ids, then their probabilities. Overwrites p. */
    private static Tensor likeliest(Tensor p, int count) {
        List<Tensor> columns = new ArrayList<>();
        for (int place = 0; place < Math.min(count, p.size(1)); place++) {
            Tensor id = Ops.firstLargest(p);
            columns.add(place, id.to(torch.ScalarType.Double));
            columns.add(p.gather(1, id).to(torch.ScalarType.Double));
            p.scatter_(1, id, new Scalar(-1.0));
        }
        return Ops.cat(1, columns.toArray(Tensor[]::new));
    }

    private static List<List<Trace.Candidate>> candidates(double[] numbers, int states) {
        int count = numbers.length / states / 2;
        List<List<Trace.Candidate>> all = new ArrayList<>();
        for (int start = 0; start < numbers.length; start += 2 * count) {
            List<Trace.Candidate> some = new ArrayList<>();
            for (int place = 0; place < count; place++) {
                some.add(new Trace.Candidate((int) numbers[start + place], numbers[start + count + place]));
            }
            all.add(some);
        }
        return all;
    }
}
