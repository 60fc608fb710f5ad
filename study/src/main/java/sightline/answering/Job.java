package sightline.answering;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import sightline.device.Devices;
import sightline.error.InputException;
import sightline.image.ImageMode;
import sightline.model.LoadOptions;
import sightline.model.ProcessorOptions;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;

/**
 * What another process must know to work on samples as this one would.
 *
 * @param step whose samples and results these are
 * @param model which checkpoint, and how it is loaded
 * @param task what is the same for all samples, as the step writes it
 */
public record Job(Step step, Model model, String task) {
    /** The steps of a study that need a model. */
    public enum Step {
        ANSWER,
        TRACE
    }

    public Job {
        Objects.requireNonNull(step);
        Objects.requireNonNull(model);
        Objects.requireNonNull(task);
    }

    /**
     * A checkpoint by content.
     *
     * @param folder the path, which must lead to it on every machine
     * @param dtype in which it computes, whatever the memory there
     * @param kind of device on which it computes
     * @param template a chat template in place of the checkpoint's; empty for none
     * @param imageMode an image mode in place of the checkpoint's; empty for none
     * @param system what a system message says; empty for none
     * @param fingerprint {@link StudyCheckpoint#fingerprint()}
     * @param processor {@link StudyCheckpoint#processorHash()}
     * @param weights {@link StudyCheckpoint#weights()}
     */
    public record Model(
            String folder,
            DType dtype,
            ComputeDevice.Kind kind,
            String template,
            String imageMode,
            String system,
            String fingerprint,
            String processor,
            String weights) {
        /** The one that is open here; waits for the hash of its weights. */
        public static Model of(StudyCheckpoint checkpoint) {
            ProcessorOptions given = checkpoint.loading().processor();
            return new Model(
                    checkpoint.folder().toAbsolutePath().toString(),
                    checkpoint.dtype(),
                    checkpoint.loading().device().kind(),
                    given.chatTemplate()
                            .map(file -> file.toAbsolutePath().toString())
                            .orElse(""),
                    given.imageMode().map(ImageMode::name).orElse(""),
                    given.system().orElse(""),
                    checkpoint.fingerprint(),
                    checkpoint.processorHash(),
                    checkpoint.weights().get());
        }

        /**
         * Opens and loads it in this process.
         *
         * @throws InputException if it cannot be loaded, or is not the same
         */
        public StudyCheckpoint load(ComputeDevice device) {
            LoadOptions loading = LoadOptions.defaults()
                    .on(device)
                    .withMemory(Devices.memory(device))
                    .withDType(dtype)
                    .with(new ProcessorOptions(
                            given(template).map(Path::of), given(imageMode).map(ImageMode::valueOf), given(system)));
            StudyCheckpoint checkpoint = StudyCheckpoint.open(Path.of(folder), loading);
            try {
                require("fingerprint", fingerprint, checkpoint.fingerprint());
                require("tokeniser, template and picture settings (sha256)", processor, checkpoint.processorHash());
                checkpoint.weights(); // hashed while the model is loaded
                checkpoint.models();
                require("hash over all weights", weights, checkpoint.weights().get());
                return checkpoint;
            } catch (RuntimeException | Error e) {
                checkpoint.close();
                throw e;
            }
        }

        private static Optional<String> given(String value) {
            return Optional.of(value).filter(text -> !text.isEmpty());
        }

        private void require(String what, String wanted, String found) {
            if (!wanted.equals(found)) {
                throw new InputException(
                        folder,
                        "is another checkpoint there: its " + what + " is " + found,
                        wanted + ", as where the command was given",
                        "Give a path that leads to the same files on every machine");
            }
        }
    }
}
