package sightline.knockout;

import java.util.List;

/**
 * What a decoder would say of one answer token if it ended earlier: its final norm and output head on the token's read-out row
 * behind each layer, at temperature 1 (the logit lens, nostalgebraist 2020). Early layers need not speak the vocabulary.
 *
 * @param stages entry 0 the embedding, then one behind each layer: L + 1. The last is the output
 */
public record Lens(List<Stage> stages) {
    public Lens {
        stages = List.copyOf(stages);
    }

    /**
     * What is read behind one layer.
     *
     * @param measures of the answer token; foil and divergence are those against the output with nothing cut
     * @param top the likeliest tokens, likeliest first, their probabilities at temperature 1
     */
    public record Stage(TokenMeasures measures, List<Trace.Candidate> top) {
        public Stage {
            top = List.copyOf(top);
        }
    }

    /**
     * Lenses under one window of a track.
     *
     * @param track what is changed
     * @param window the number of its most harmful window: the first in which the whole answer's probability is least
     * @param tokens one lens per answer token
     */
    public record Cut(Track track, int window, List<Lens> tokens) {
        public Cut {
            tokens = List.copyOf(tokens);
        }
    }
}
