package sightline.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A prompt as the model reads it.
 *
 * @param rendered the chat template's output, with one image token; without the begin token if the template leaves that
 *     to the processor
 * @param ids token ids, P of them, the begin token among them in any case
 * @param roles the role of each token, P of them; one or more side by side are {@link TokenRole#IMAGE}
 */
@SuppressWarnings("ArrayRecordComponent") // tensors are made from arrays; copied on the way in and out
public record EncodedPrompt(String rendered, int[] ids, TokenRole[] roles) {
    /** @throws IllegalArgumentException if lengths differ or there is no image token, or they do not stand side by side */
    public EncodedPrompt {
        Objects.requireNonNull(rendered, "rendered");
        ids = ids.clone();
        roles = roles.clone();
        if (ids.length != roles.length) {
            throw new IllegalArgumentException(ids.length + " ids, but " + roles.length + " roles");
        }
        List<TokenRole> list = Arrays.asList(roles);
        int first = list.indexOf(TokenRole.IMAGE);
        int last = list.lastIndexOf(TokenRole.IMAGE);
        if (first < 0 || Collections.frequency(list, TokenRole.IMAGE) != last - first + 1) {
            throw new IllegalArgumentException("image tokens do not stand side by side, or there is none: " + list);
        }
        list.forEach(role -> Objects.requireNonNull(role, "role"));
    }

    /** Token ids; a copy. */
    @Override
    public int[] ids() {
        return ids.clone();
    }

    /** The role of each token; a copy. */
    @Override
    public TokenRole[] roles() {
        return roles.clone();
    }

    /** P, the number of tokens. */
    public int length() {
        return ids.length;
    }

    /** Where the first image token stands, from 0. */
    public int imagePosition() {
        return Arrays.asList(roles).indexOf(TokenRole.IMAGE);
    }
}
