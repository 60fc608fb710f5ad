package sightline.figure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;

/** Draws a page of PDF. Text stays text; of the fonts those glyphs are embedded that occur. */
final class PdfCanvas implements FigureCanvas {
    /** Points per CSS pixel. */
    private static final double POINT = 0.75;
    /** Distance of a circle's Bézier handles, in radii. */
    private static final double KAPPA = 0.5523;

    private final PDDocument document;
    private final PDPageContentStream page;
    private final Map<Boolean, PDType0Font> fonts = new HashMap<>();
    private final double height;

    private PdfCanvas(PDDocument document, PDPageContentStream page, double height) {
        this.document = document;
        this.page = page;
        this.height = height;
    }

    /** Writes a figure as a document of one page. */
    static void draw(Figure figure, OutputStream out) throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.getDocumentInformation().setTitle(figure.title());
            PDPage page =
                    new PDPage(new PDRectangle((float) (figure.width() * POINT), (float) (figure.height() * POINT)));
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.transform(Matrix.getScaleInstance((float) POINT, (float) POINT));
                figure.draw(new PdfCanvas(document, content, figure.height()));
            }
            document.save(out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private interface Drawing {
        void run() throws IOException;
    }

    private static void on(Drawing drawing) {
        try {
            drawing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void begin(String name, String... attributes) {
        // a page has no parts
    }

    @Override
    public void end() {
        // a page has no parts
    }

    @Override
    public void polyline(double[] xs, double[] ys, int colour, double width, double opacity, double... dash) {
        on(() -> {
            page.saveGraphicsState();
            opacity(opacity);
            page.setStrokingColor(red(colour), green(colour), blue(colour));
            page.setLineWidth((float) width);
            page.setLineJoinStyle(1);
            if (dash.length > 0) {
                page.setLineDashPattern(new float[] {(float) dash[0], (float) dash[1]}, 0);
            }
            path(xs, ys);
            page.stroke();
            page.restoreGraphicsState();
        });
    }

    @Override
    public void polygon(double[] xs, double[] ys, int colour, double opacity) {
        on(() -> {
            page.saveGraphicsState();
            opacity(opacity);
            page.setNonStrokingColor(red(colour), green(colour), blue(colour));
            path(xs, ys);
            page.closePath();
            page.fill();
            page.restoreGraphicsState();
        });
    }

    @Override
    public void circle(double x, double y, double radius, int colour) {
        on(() -> {
            float cx = (float) x;
            float cy = (float) (height - y);
            float r = (float) radius;
            float h = (float) (radius * KAPPA);
            page.setNonStrokingColor(red(colour), green(colour), blue(colour));
            page.moveTo(cx + r, cy);
            page.curveTo(cx + r, cy + h, cx + h, cy + r, cx, cy + r);
            page.curveTo(cx - h, cy + r, cx - r, cy + h, cx - r, cy);
            page.curveTo(cx - r, cy - h, cx - h, cy - r, cx, cy - r);
            page.curveTo(cx + h, cy - r, cx + r, cy - h, cx + r, cy);
            page.fill();
        });
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, int colour, Anchor anchor) {
        double from = x + PngCanvas.shift(Typeface.of(bold), text, size, anchor);
        Matrix place = Matrix.getTranslateInstance((float) from, (float) (height - y));
        show(text, size, bold, colour, place);
    }

    @Override
    public void textUpwards(String text, double x, double y, double size, int colour, Anchor anchor) {
        double from = height - y + PngCanvas.shift(Typeface.REGULAR, text, size, anchor);
        show(text, size, false, colour, Matrix.getRotateInstance(Math.PI / 2, (float) x, (float) from));
    }

    private void show(String text, double size, boolean bold, int colour, Matrix place) {
        on(() -> {
            page.beginText();
            page.setFont(font(bold), (float) size);
            page.setNonStrokingColor(red(colour), green(colour), blue(colour));
            page.setTextMatrix(place);
            page.showText(Typeface.of(bold).showable(text));
            page.endText();
        });
    }

    private PDType0Font font(boolean bold) throws IOException {
        PDType0Font font = fonts.get(bold);
        if (font == null) {
            font = PDType0Font.load(document, Typeface.of(bold).open(), true);
            fonts.put(bold, font);
        }
        return font;
    }

    private void opacity(double opacity) throws IOException {
        if (opacity < 1) {
            PDExtendedGraphicsState state = new PDExtendedGraphicsState();
            state.setStrokingAlphaConstant((float) opacity);
            state.setNonStrokingAlphaConstant((float) opacity);
            page.setGraphicsStateParameters(state);
        }
    }

    private void path(double[] xs, double[] ys) throws IOException {
        page.moveTo((float) xs[0], (float) (height - ys[0]));
        for (int i = 1; i < xs.length; i++) {
            page.lineTo((float) xs[i], (float) (height - ys[i]));
        }
    }

    private static float red(int colour) {
        return (colour >> 16 & 0xFF) / 255f;
    }

    private static float green(int colour) {
        return (colour >> 8 & 0xFF) / 255f;
    }

    private static float blue(int colour) {
        return (colour & 0xFF) / 255f;
    }
}
