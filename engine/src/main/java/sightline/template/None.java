package sightline.template;

/** Python's {@code None}. */
enum None {
    NONE
}
