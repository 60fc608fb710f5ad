package sightline.run;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import sightline.dataset.Dataset;
import sightline.model.LoadOptions;

/**
 * What a run is to do.
 *
 * @param folder the run's folder; made if it is not there
 * @param dataset whose questions are traced
 * @param samples the filtered dataset
 * @param images the folder of pictures
 * @param model the checkpoint's folder
 * @param loading how it is loaded
 * @param settings what is traced
 * @param portion which samples
 * @param verify how many samples are traced a second time, with the naive sweep
 * @param export whether results are written in the published form too
 * @param region what tells where answers are shown; there if the settings ask for answer regions
 */
public record RunPlan(
        Path folder,
        Dataset dataset,
        Path samples,
        Path images,
        Path model,
        LoadOptions loading,
        RunSettings settings,
        Portion portion,
        int verify,
        boolean export,
        Optional<RegionSource> region) {
    public RunPlan {
        Objects.requireNonNull(folder);
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(samples);
        Objects.requireNonNull(images);
        Objects.requireNonNull(model);
        Objects.requireNonNull(loading);
        Objects.requireNonNull(settings);
        Objects.requireNonNull(portion);
        if (settings.additions().answerRegion() && region.isEmpty()) {
            throw new IllegalArgumentException("answer regions need OCR files or boxes");
        }
    }

    /** A plan without regions. */
    public RunPlan(
            Path folder,
            Dataset dataset,
            Path samples,
            Path images,
            Path model,
            LoadOptions loading,
            RunSettings settings,
            Portion portion,
            int verify,
            boolean export) {
        this(folder, dataset, samples, images, model, loading, settings, portion, verify, export, Optional.empty());
    }
}
