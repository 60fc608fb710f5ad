/**
 * A picture file to the tensor that the vision tower reads, bit for bit as the reference processor makes it.
 *
 * <p>The way: {@link sightline.image.PictureReader} decodes a file to 8-bit RGB; {@link sightline.image.Canvas} picks
 * the arrangement of tiles; {@link sightline.image.ImageProcessor} resizes, pads, normalises and cuts into tiles. For
 * LLaVA {@link sightline.image.ClipProcessor} resizes and cuts out the one square that is read. All of it is plain Java
 * arrays.
 *
 * <p>Must not know: tensors and devices, the model, text. Knows {@code sightline.error} only.
 */
package sightline.image;
