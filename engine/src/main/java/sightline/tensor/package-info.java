/**
 * The native tensor engine and its traps: settings before it loads, ownership of native memory, dtypes and devices, and
 * the few operations that a transformer needs.
 *
 * <p>Every rule of the engine that would crash or slow down other code if forgotten is kept here. Knows no model, no
 * file format but mapped bytes, and no other package but errors.
 *
 * <p><b>Ownership.</b> All native memory made inside a {@link sightline.tensor.Scope} is freed when it closes, on the
 * thread that opened it, unless handed out with {@link sightline.tensor.Scope#keep}. Three kinds of scope are nested in
 * practice: the model's (weights), a run's (one image, one sweep) and a layer's (temporaries). Results leave as plain
 * Java arrays.
 */
package sightline.tensor;
