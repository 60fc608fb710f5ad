package sightline.report;

import java.util.Locale;
import sightline.analysis.PictureWorth;
import sightline.run.Control;

/** What the terminal says of a picture's worth. */
final class WorthText {
    private WorthText() {}

    static String of(PictureWorth picture) {
        String other = picture.control() == Control.SWAP ? "another sample's" : "a blank one";
        String interval = Double.isNaN(picture.worth().low())
                ? ""
                : " (95 %: " + nats(picture.worth().low()) + " to "
                        + nats(picture.worth().high()) + ")";
        return "The picture against " + other + ": log-probability of the answer "
                + nats(picture.worth().value()) + " nats" + interval + ", p = "
                + String.format(Locale.ROOT, "%.4f", picture.pHolm()) + ", "
                + (picture.significant() ? "significant." : "not significant.");
    }

    private static String nats(double value) {
        return String.format(Locale.ROOT, "%+.2f", value);
    }
}
