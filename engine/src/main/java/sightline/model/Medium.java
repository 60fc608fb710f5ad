package sightline.model;

/** Which kind of decoder layer carries an attention edge. */
public enum Medium {
    /** From text position to text position, in the layers without cross-attention. */
    SELF_ATTENTION,
    /** From vision token to text position, in the cross-attention layers. */
    CROSS_ATTENTION
}
