package sightline.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import sightline.checkpoint.WeightSpec;
import sightline.mllama.MllamaConfig;
import sightline.tensor.SingleBlasThread;
import sightline.tensor.WorkerThreads;
import sightline.world.World;

/**
 * Makes steps: each worker computes the gradient of its own pictures on a thread of its own, the gradients are averaged,
 * and the workers share the optimiser's work. Two single-threaded workers are far faster than one with two threads, whose
 * operations are too small to split.
 */
final class Trainer implements AutoCloseable {
    private final Recipe recipe;
    private final long seed;
    private final LabelHeads heads;
    private final Parameters parameters;
    private final Optimiser optimiser;
    private final List<Worker> workers = new ArrayList<>();
    private final ExecutorService threads;
    private final SingleBlasThread single =
            SingleBlasThread.open(); // its own threads would wait for the workers' cores

    /**
     * A step, for the log.
     *
     * @param stage its name
     * @param gradient its length before clipping
     */
    record Step(
            String stage, double gradient, double answerLoss, double lookLoss, double labelLoss, TrainingScore score) {}

    Trainer(MllamaConfig config, Recipe recipe, Prompter prompter, long seed, int workerCount) {
        this.recipe = recipe;
        this.seed = seed;
        heads = new LabelHeads(
                config, World.scene(0, recipe.stages().get(0).mix()).labels());
        List<WeightSpec> weights = new ArrayList<>(config.weights());
        weights.addAll(heads.weights());
        parameters = new Parameters(weights);
        Initial.fill(parameters, seed);
        optimiser = new Optimiser(parameters);
        for (int i = 0; i < workerCount; i++) {
            workers.add(new Worker(config, parameters, prompter, heads));
        }
        threads = Executors.newFixedThreadPool(workerCount, task -> {
            Thread thread = new Thread(
                    () -> {
                        torch.set_num_threads(1);
                        Context.setFlushDenormal(true); // Adam's moments fall into them: they cost a tenth of the time
                        task.run();
                    },
                    "training");
            thread.setDaemon(true);
            return thread;
        });
    }

    Parameters parameters() {
        return parameters;
    }

    Optimiser optimiser() {
        return optimiser;
    }

    LabelHeads heads() {
        return heads;
    }

    /** Makes a step at a point of the training, from 0 to 1. */
    Step step(double done) {
        Stage stage = recipe.at(done);
        Optimiser.Rates rates = recipe.rates(done);
        long step = optimiser.steps();
        List<Worker.Outcome> outcomes = onAll(i -> workers.get(i).step(stage, Seeds.of(seed, step, i)));
        double length = average();
        onAll(i -> {
            optimiser.muon(workers.get(0).gradient(), rates, i, workers.size());
            if (i == workers.size() - 1) {
                optimiser.adam(workers.get(0).gradient(), rates);
            }
            return i;
        });
        TrainingScore score = new TrainingScore();
        outcomes.forEach(outcome -> score.add(outcome.score()));
        int tokens = outcomes.stream().mapToInt(Worker.Outcome::answerTokens).sum();
        double answers =
                outcomes.stream().mapToDouble(Worker.Outcome::answerLoss).sum() / Math.max(1, tokens);
        int looks = outcomes.stream().mapToInt(Worker.Outcome::looks).sum();
        double looking = outcomes.stream().mapToDouble(Worker.Outcome::lookLoss).sum() / Math.max(1, looks);
        double labels = outcomes.stream()
                .mapToDouble(Worker.Outcome::labelLoss)
                .average()
                .orElseThrow();
        return new Step(stage.name(), length, answers, looking, labels, score);
    }

    private double average() {
        try (PointerScope scope = new PointerScope()) {
            for (int i = 1; i < workers.size(); i++) {
                workers.get(0).gradient().add_(workers.get(i).gradient());
            }
            workers.get(0).gradient().mul_(new Scalar(1.0 / workers.size()));
        }
        return optimiser.begin(workers.get(0).gradient());
    }

    private interface Task<T> {
        T run(int worker);
    }

    private <T> List<T> onAll(Task<T> task) {
        List<Callable<T>> calls = IntStream.range(0, workers.size())
                .mapToObj(i -> (Callable<T>) () -> task.run(i))
                .toList();
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        WorkerThreads.end(threads, () -> {}); // they may still be computing with what is freed next
        workers.forEach(Worker::close);
        optimiser.close();
        parameters.close();
        single.close();
    }
}
