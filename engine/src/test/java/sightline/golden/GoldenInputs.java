package sightline.golden;

import sightline.model.ModelInputs;
import sightline.model.Processor;
import sightline.text.Prompt;
import sightline.text.PromptFormat;

/** A case's picture and question as the model reads them. */
public final class GoldenInputs {
    private GoldenInputs() {}

    public static ModelInputs of(Golden.Case c, Processor processor) {
        Prompt prompt = PromptFormat.of(c.text("prompt")).fill(c.text("question"), c.choices());
        return processor.encode(c.picture(), prompt);
    }
}
