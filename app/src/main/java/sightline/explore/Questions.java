package sightline.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Arrays;
import java.util.Optional;
import sightline.ask.AskJson;
import sightline.ask.Inquiry;
import sightline.ask.OutFolder;
import sightline.ask.Outcome;
import sightline.ask.Seconds;
import sightline.image.RgbImage;
import sightline.knockout.AttentionRow;
import sightline.knockout.Curve;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.option.ModelOptions;
import sightline.sweep.CutDecoder;

/** Has questions answered, and keeps what came of them. */
final class Questions {
    private static final int MOST_WORDS = 64;
    private static final long NANOSECONDS = 1_000_000_000L;
    /** Of what is kept: JSON and attention, in bytes. */
    private static final long ROOM = Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    /**
     * What came of a question.
     *
     * @param json the object that {@code ask --json} prints
     */
    record Result(String key, Asked asked, String command, String json, Outcome outcome) {
        ObjectNode data() {
            ObjectNode data = JsonNodeFactory.instance.objectNode();
            data.put("key", key).put("picture", asked.picture()).put("command", command);
            data.putRawValue("ask", new RawValue(json));
            return data;
        }

        private long size() {
            long weights = outcome.trace().inside().attention().stream()
                    .mapToLong(row -> (long) row.weights().length * row.weights()[0].length)
                    .sum();
            return 2L * json.length() + 4 * weights;
        }
    }

    private final Desk desk;
    private final Pictures pictures;
    private final Lru<Result> results = new Lru<>(ROOM, Result::size, gone -> {});

    Questions(Desk desk, Pictures pictures) {
        this.desk = desk;
        this.pictures = pictures;
    }

    /**
     * What came of a question.
     *
     * @throws RequestRefusal if it is gone
     */
    Result result(String key) {
        return results.get(key)
                .orElseThrow(
                        () -> new RequestRefusal(RequestRefusal.MISSING, "This answer is no longer here. Ask again."));
    }

    /** The same, if it is there. */
    Optional<Result> kept(String key) {
        return results.get(key);
    }

    /** Answers a question, or tells again what came of it. */
    DeskJob job(Asked asked) {
        String key = asked.key();
        return new DeskJob((loaded, job) -> {
            Result result = results.get(key).orElseGet(() -> answer(asked, loaded, job));
            results.put(key, result);
            return new DeskJob.Event("result", result.data(), true);
        });
    }

    private Result answer(Asked asked, DeskModel loaded, DeskJob job) {
        Inquiry inquiry = asked.inquiry(loaded.folder(), loaded.loading());
        inquiry.requireFits(loaded.model().shape());
        ModelOptions.OF_ROWS.stream()
                .filter(asked::has)
                .forEach(option ->
                        ModelOptions.requireRows(option, loaded.model().config()));
        RgbImage picture = pictures.get(asked.picture());
        JobWork work = new JobWork(job, loaded.model(), inquiry.tracing().temperature());
        long start = System.nanoTime();
        VisionMemory seen = loaded.memory(
                asked.picture(), () -> work.during("looking", "layers", meter -> look(loaded.model(), picture, meter)));
        double looked = (double) (System.nanoTime() - start) / NANOSECONDS;
        Outcome outcome = inquiry.on(
                work, loaded.sweeps(), picture, seen, Optional.empty(), OutFolder.none(), new Seconds(0, looked, 0, 0));
        return new Result(
                asked.key(),
                asked,
                asked.command(
                        desk.isDemo()
                                ? "sightline-demo/checkpoint"
                                : loaded.folder().toString()),
                AskJson.of(outcome).line(),
                outcome);
    }

    private static VisionMemory look(VisionLanguageModel model, RgbImage picture, Progress progress) {
        return model.see(model.processor().picture(picture), progress);
    }

    /** What a result's read-out row attends to in a layer: [head][key]. */
    ObjectNode attention(String key, int token, int layer) {
        Outcome outcome = result(key).outcome();
        int layers = outcome.shape().layers();
        int tokens = outcome.answer().tokens().length;
        if (outcome.trace().inside().attention().isEmpty()
                || token < 0
                || token >= tokens
                || layer < 0
                || layer >= layers) {
            throw new RequestRefusal(RequestRefusal.MISSING, "There is no attention of this answer, token and layer.");
        }
        AttentionRow row = outcome.trace().inside().attention().get(token * layers + layer);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode heads = json.putArray("heads");
        for (float[] weights : row.weights()) {
            ArrayNode one = heads.addArray();
            for (float weight : weights) {
                one.add(weight);
            }
        }
        return json;
    }

    /**
     * Says what comes under a cut.
     *
     * @param most words' tokens at most
     */
    DeskJob says(String key, String pathway, int k, int layer, int most) {
        Result result = result(key);
        Trace trace = result.outcome().trace();
        Curve curve = trace.curves().stream()
                .filter(one -> one.k() == k && one.intervention().name().equals(pathway))
                .findFirst()
                .orElseThrow(() -> new RequestRefusal(RequestRefusal.MISSING, "This pathway was not cut."));
        if (layer < 0 || layer >= result.outcome().shape().layers()) {
            throw new RequestRefusal(RequestRefusal.MISSING, "There is no such layer.");
        }
        int words = Math.max(1, Math.min(MOST_WORDS, most));
        return new DeskJob((loaded, job) -> {
            String picture = result.asked().picture();
            VisionMemory seen =
                    loaded.memory(picture, () -> look(loaded.model(), pictures.get(picture), Progress.NONE));
            CutDecoder.Said said = new CutDecoder(loaded.model(), trace.request(), seen).say(curve, layer, words);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            int[] answer = trace.request().answer();
            json.put("same", Arrays.equals(said.tokens(), answer));
            json.put("text", loaded.model().processor().decode(said.tokens()));
            json.put("finished", said.finished());
            return new DeskJob.Event("said", json, true);
        });
    }
}
