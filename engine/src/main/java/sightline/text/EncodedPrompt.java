package sightline.text;

import java.util.Objects;

/**
 * A prompt as the model reads it.
 *
 * @param rendered the chat template's output, image token included; without the begin token if the template leaves that
 *     to the processor
 * @param ids token ids, P of them, the begin token among them in any case
 * @param roles the role of each token, P of them; exactly one is {@link TokenRole#IMAGE}
 */
@SuppressWarnings("ArrayRecordComponent") // tensors are made from arrays; copied on the way in and out
public record EncodedPrompt(String rendered, int[] ids, TokenRole[] roles) {
    /** @throws IllegalArgumentException if lengths differ or there is not exactly one image token */
    public EncodedPrompt {
        Objects.requireNonNull(rendered, "rendered");
        ids = ids.clone();
        roles = roles.clone();
        if (ids.length != roles.length) {
            throw new IllegalArgumentException(ids.length + " ids, but " + roles.length + " roles");
        }
        int images = 0;
        for (TokenRole role : roles) {
            images += Objects.requireNonNull(role, "role") == TokenRole.IMAGE ? 1 : 0;
        }
        if (images != 1) {
            throw new IllegalArgumentException(images + " image tokens instead of one");
        }
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

    /** Where the image token stands, from 0. */
    public int imagePosition() {
        int at = 0;
        while (roles[at] != TokenRole.IMAGE) {
            at++;
        }
        return at;
    }
}
