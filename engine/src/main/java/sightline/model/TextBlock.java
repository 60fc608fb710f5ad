package sightline.model;

import org.bytedeco.pytorch.Tensor;

/**
 * A decoder layer whose rows read text rows up to themselves. Split at the attention itself, since only there do rows meet:
 * all else treats any rows of any sequences alike, so a sweep may batch rows that belong to different variants.
 */
public interface TextBlock {
    /** What queries, keys and values are made from: x (rows, hidden) -> (rows, hidden). */
    Tensor norm(Tensor x);

    /** normed (rows, hidden) -> queries (rows, heads, size), rotated. */
    Tensor queries(Tensor normed, Rotation rotation);

    /** normed (rows, hidden) -> keys (rows, groups, size), rotated. */
    Tensor keys(Tensor normed, Rotation rotation);

    /** normed (rows, hidden) -> values (rows, groups, size). */
    Tensor values(Tensor normed);

    /** x (rows, hidden), attended (rows, heads · size) -> the layer's output (rows, hidden). */
    Tensor finish(Tensor x, Tensor attended);
}
