package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import sightline.inside.InsideReader;
import sightline.knockout.Act;
import sightline.knockout.AttentionRow;
import sightline.knockout.Inside;
import sightline.knockout.Lens;
import sightline.knockout.Masking;
import sightline.knockout.Outline;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.model.LayerListener;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.Ops;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/** Reads inside full passes, one more for each thing that is read. */
final class NaiveInside {
    private final VisionLanguageModel model;
    private final SweepRequest request;
    private final VisionMemory seen;
    private final Outline asked;

    NaiveInside(VisionLanguageModel model, SweepRequest request, VisionMemory seen) {
        this.model = model;
        this.request = request;
        this.seen = seen;
        this.asked = request.outline(seen.tokens());
    }

    Inside inside(Findings findings) {
        List<Lens> uncut = new ArrayList<>();
        List<WorstWindows.Worst> worst = WorstWindows.of(asked, model.shape(), findings::curve);
        List<List<Lens>> cut =
                worst.stream().<List<Lens>>map(one -> new ArrayList<>()).toList();
        int tokens = request.reading(Reading.Lens.class).isPresent() ? request.answer().length : 0;
        for (int token = 0; token < tokens; token++) {
            try (Scope scope = Scope.open();
                    TensorOwner kept = new TensorOwner("the states of a read-out row")) {
                Tensor states = stages(token, layer -> List.of(), Masking.ZERO, kept);
                Tensor last = states.narrow(0, model.shape().layers(), 1);
                int[] row = {asked.last(token)};
                Readout readout = new Readout(model.decoder(), request, last, row, 0);
                uncut.add(lens(readout, token, states));
                for (int one = 0; one < worst.size(); one++) {
                    Tensor under = stages(
                            token,
                            worst.get(one).variant()::acts,
                            worst.get(one).variant().masking(),
                            kept);
                    cut.get(one).add(lens(readout, token, under));
                }
            }
        }
        List<Lens.Cut> lenses = IntStream.range(0, tokens == 0 ? 0 : worst.size())
                .mapToObj(one -> worst.get(one).lens(cut.get(one)))
                .toList();
        return attended(uncut, lenses);
    }

    /** The read-out row's states: entry 0 the embedding, then behind each layer (L + 1, hidden). */
    private Tensor stages(int token, IntFunction<List<Act>> acts, Masking masking, TensorOwner kept) {
        List<Tensor> stages = new ArrayList<>();
        FullPass pass = new FullPass(model, seen, asked.layout(token), request.rows(), request.tokens(token));
        pass.run(
                acts,
                masking,
                (layer, hidden) -> stages.add(
                        kept.own(hidden.narrow(0, asked.last(token), 1).clone())),
                LayerListener.NONE);
        return Ops.cat(0, stages.toArray(Tensor[]::new));
    }

    private Lens lens(Readout readout, int token, Tensor states) {
        int[] tokens = new int[model.shape().layers() + 1];
        Arrays.fill(tokens, token);
        return new Lens(readout.lens(
                states,
                tokens,
                request.reading(Reading.Lens.class).orElseThrow().top()));
    }

    private Inside attended(List<Lens> uncut, List<Lens.Cut> cut) {
        if (!InsideReader.wanted(request)) {
            return new Inside(uncut, cut, List.of(), List.of(), List.of(), List.of());
        }
        int last = request.answer().length - 1;
        int[] rows = IntStream.range(0, asked.textRows()).toArray();
        int[][] states = new int[model.shape().layers() + 1][];
        Arrays.fill(states, rows);
        try (Scope scope = Scope.open();
                InsideReader reader = new InsideReader(model, request, seen, states)) {
            new FullPass(model, seen, asked.layout(last), request.rows(), request.tokens(last))
                    .run(layer -> List.of(), Masking.ZERO, reader, LayerListener.NONE);
            List<List<AttentionRow>> attention = reader.attention();
            return new Inside(uncut, cut, attention.get(0), attention.get(1), reader.gates(), reader.edges());
        }
    }
}
