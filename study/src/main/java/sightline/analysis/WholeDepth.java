package sightline.analysis;

/**
 * What acts in all layers.
 *
 * @param intervention its name, such as {@code keep(image_to_last)}
 * @param masking what an emptied row reads
 */
public record WholeDepth(String intervention, String masking) {}
