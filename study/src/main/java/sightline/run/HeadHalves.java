package sightline.run;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.draw.HashCircle;
import sightline.files.FileHash;

/**
 * A dataset's pictures in two halves, by even and odd places in the circle of their hashes: what is found on one half is used on
 * the other. Pictures of one document stay together.
 */
final class HeadHalves {
    private final Dataset dataset;
    private final List<String> circle;
    private final Map<String, Integer> places = new HashMap<>();

    HeadHalves(Dataset dataset, List<AnsweredQuestion> samples) {
        this.dataset = dataset;
        circle = HashCircle.of(
                        "swap",
                        samples.stream()
                                .map(sample -> dataset.cluster(sample.image()))
                                .toList())
                .names();
        for (int place = 0; place < circle.size(); place++) {
            places.put(circle.get(place), place);
        }
    }

    /** Tells these pictures from others: with any other, halves are others. */
    String hash() {
        return FileHash.of(String.join("\n", circle));
    }

    /** 0 or 1. */
    int half(String image) {
        return place(image) % 2;
    }

    private int place(String image) {
        return places.get(dataset.cluster(image));
    }

    /** A half's samples, in the order of the circle. */
    List<AnsweredQuestion> of(int half, List<AnsweredQuestion> samples) {
        return samples.stream()
                .filter(sample -> half(sample.image()) == half)
                .sorted(Comparator.comparingInt(sample -> place(sample.image())))
                .toList();
    }
}
