package sightline.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The added tokens of a tokeniser and their ids. The native tokeniser gives ids itself, one after the other, whatever a
 * file says; this gives the same.
 */
final class AddedTokens {
    private final Map<String, Integer> vocab;
    private final Map<String, Integer> ids = new HashMap<>();
    private final TreeMap<Integer, AddedToken> byId = new TreeMap<>();
    private final TreeSet<Integer> special = new TreeSet<>();

    /** @param vocab the ids of the model's own tokens */
    AddedTokens(Map<String, Integer> vocab) {
        this.vocab = vocab;
    }

    /**
     * Adds a token behind those that are there, or gives one of this text other flags. Once special, a token stays so.
     *
     * @return its id
     */
    int add(AddedToken token) {
        int id = idOf(token.content());
        ids.put(token.content(), id);
        byId.put(id, token);
        if (token.special()) {
            special.add(id);
        }
        return id;
    }

    private int idOf(String content) {
        Integer known = ids.getOrDefault(content, vocab.get(content));
        if (known != null) {
            return known;
        }
        return byId.isEmpty() ? vocab.size() : Math.max(vocab.size(), byId.lastKey() + 1);
    }

    /** In order of their ids, each with the flags it was last given. */
    List<AddedToken> all() {
        return new ArrayList<>(byId.values());
    }

    /** Ids and texts of all. */
    Map<String, Integer> ids() {
        return ids;
    }

    /** Special ones by their text, in order of their ids. */
    Map<String, Integer> special() {
        Map<String, Integer> texts = new LinkedHashMap<>();
        special.forEach(id -> texts.put(byId.get(id).content(), id));
        return texts;
    }
}
