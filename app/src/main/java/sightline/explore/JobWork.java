package sightline.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import sightline.ask.AskWork;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;

/** Tells a job how its inquiry gets on, and ends the inquiry if nobody waits for it. */
final class JobWork implements AskWork {
    private static final long BETWEEN = 80_000_000L;
    private static final int TOP = 5;

    private final DeskJob job;
    private final VisionLanguageModel model;
    private final double temperature;
    private int said;

    JobWork(DeskJob job, VisionLanguageModel model, double temperature) {
        this.job = job;
        this.model = model;
        this.temperature = temperature;
    }

    @Override
    public <T> T during(String task, String unit, Function<Progress, T> does) {
        long[] told = {System.nanoTime()};
        tell(task, unit, 0, 0);
        return does.apply((done, all) -> {
            job.requireWanted();
            long now = System.nanoTime();
            if (now - told[0] > BETWEEN) {
                told[0] = now;
                tell(task, unit, done, all);
            }
        });
    }

    private void tell(String task, String unit, int done, int all) {
        job.requireWanted();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("task", task).put("unit", unit).put("done", done).put("total", all);
        job.tell(new DeskJob.Event("working", json, false));
    }

    @Override
    public void note(String text) {}

    @Override
    public void said(int token, float[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((logit - most) / temperature);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("index", said++).put("id", token).put("text", model.processor().token(token));
        json.put("p", Math.exp((logits[token] - most) / temperature) / sum);
        ArrayNode top = json.putArray("top");
        for (int id : likeliest(logits)) {
            top.addObject()
                    .put("text", model.processor().token(id))
                    .put("p", Math.exp((logits[id] - most) / temperature) / sum);
        }
        job.tell(new DeskJob.Event("token", json, false));
    }

    private static List<Integer> likeliest(float... logits) {
        Comparator<Integer> byLogit = Comparator.comparingDouble(id -> logits[id]);
        PriorityQueue<Integer> best = new PriorityQueue<>(byLogit);
        for (int id = 0; id < logits.length; id++) {
            if (best.size() < TOP || logits[id] > logits[best.element()]) {
                best.add(id);
                if (best.size() > TOP) {
                    best.remove();
                }
            }
        }
        return best.stream().sorted(byLogit.reversed()).toList();
    }
}
