package sightline.knockout;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import sightline.text.TokenRole;

/**
 * What a request asks, less its words: all that a plan depends on. Requests of equal outline share a plan.
 *
 * @param promptRoles the role of every prompt token
 * @param answerTokens how many tokens the answer has
 * @param picture the picture's tokens
 * @param interventions what is changed
 * @param windowSizes k
 * @param maskings what a row reads if nothing is left
 * @param rows what rows before the image token do
 * @param readings what is read off
 * @param tracks interventions in windows of their own, beside those around each layer
 */
public record Outline(
        List<TokenRole> promptRoles,
        int answerTokens,
        PictureTokens picture,
        List<Intervention> interventions,
        List<Integer> windowSizes,
        List<Masking> maskings,
        RowReading rows,
        List<Reading> readings,
        List<Track> tracks) {
    public Outline {
        promptRoles = List.copyOf(promptRoles);
        Objects.requireNonNull(picture);
        interventions = List.copyOf(interventions);
        windowSizes = List.copyOf(windowSizes);
        maskings = List.copyOf(maskings);
        Objects.requireNonNull(rows);
        readings = List.copyOf(readings);
        tracks = List.copyOf(tracks);
    }

    /** All that is asked: what is asked around each layer, then the other tracks. */
    public List<Track> allTracks() {
        List<Track> all = new ArrayList<>(Track.aroundLayers(interventions, windowSizes, maskings));
        all.addAll(tracks);
        return all;
    }

    /** What is there when an answer token is read out. */
    public Layout layout(int answerToken) {
        return new Layout(promptRoles.toArray(new TokenRole[0]), answerToken, picture);
    }

    /** P, the number of prompt tokens. */
    public int promptTokens() {
        return promptRoles.size();
    }

    /** Text rows of one pass over prompt and answer; the last answer token is read out, not read. */
    public int textRows() {
        return promptTokens() + answerTokens - 1;
    }

    /** The text row at which an answer token is read out. */
    public int last(int answerToken) {
        return promptTokens() + answerToken - 1;
    }
}
