package sightline.knockout;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The windows in which an intervention acts, one after the other: the columns of a {@link Curve}. */
public sealed interface Windows {
    /**
     * One around each layer: L windows.
     *
     * @param k window size
     */
    record Around(int k) implements Windows {
        /** @throws IllegalArgumentException if k is below 1 */
        public Around {
            if (k < 1) {
                throw new IllegalArgumentException("a window of size " + k + ", expected 1 or more");
            }
        }

        @Override
        public List<Window> of(int layers) {
            return IntStream.range(0, layers)
                    .mapToObj(layer -> Window.around(layer, k, layers))
                    .toList();
        }

        @Override
        public String toString() {
            return "k=" + k;
        }
    }

    /** One window: all layers. */
    record WholeDepth() implements Windows {
        @Override
        public List<Window> of(int layers) {
            return List.of(new Window(0, layers - 1));
        }

        @Override
        public String toString() {
            return "whole depth";
        }
    }

    /**
     * One window of one's choice.
     *
     * @param window which, within the decoder
     */
    record Only(Window window) implements Windows {
        public Only {
            Objects.requireNonNull(window);
        }

        @Override
        public List<Window> of(int layers) {
            return List.of(window);
        }

        @Override
        public String toString() {
            return "layers " + window.first() + " to " + window.last();
        }
    }

    /** All that start in one layer and end in the same or a later one, by start, then by end: L(L + 1)/2 windows. */
    record StartByEnd() implements Windows {
        @Override
        public List<Window> of(int layers) {
            List<Window> windows = new ArrayList<>();
            for (int start = 0; start < layers; start++) {
                for (int end = start; end < layers; end++) {
                    windows.add(new Window(start, end));
                }
            }
            return windows;
        }

        @Override
        public String toString() {
            return "start by end";
        }
    }

    /**
     * The windows in a decoder.
     *
     * @param layers L, the number of decoder layers
     */
    List<Window> of(int layers);
}
