package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import sightline.analysis.Clipping;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.MeanCurve;
import sightline.analysis.Metric;
import sightline.analysis.PublishedPlotsTest;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.run.RunFolders;

class FiguresTest {
    @TempDir
    static Path folder;

    private static StudySummary study;
    private static Path out;
    private static List<Path> written;

    @BeforeAll
    static void write() {
        study = Reports.summary(Reports.runs(folder, 20, List.of(1, 3), List.of("paper"), 40));
        out = folder.resolve("out");
        written = ReportWriter.write(study, out, FigureStyle.SIGHTLINE);
    }

    private static Document svg(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static List<Element> groups(Element in, String name) {
        List<Element> found = new ArrayList<>();
        NodeList all = in.getElementsByTagName("g");
        for (int i = 0; i < all.getLength(); i++) {
            Element group = (Element) all.item(i);
            if (group.getAttribute("class").equals(name)) {
                found.add(group);
            }
        }
        return found;
    }

    private static List<Element> all(Element in, String tag) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = in.getElementsByTagName(tag);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static double[][] points(Element line) {
        String[] pairs = line.getAttribute("points").split(" ", -1);
        double[][] points = new double[pairs.length][];
        for (int i = 0; i < pairs.length; i++) {
            String[] pair = pairs[i].split(",", -1);
            points[i] = new double[] {Double.parseDouble(pair[0]), Double.parseDouble(pair[1])};
        }
        return points;
    }

    @Test
    void writesEachFigureThreeTimes() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String dataset : List.of("docvqa", "visual7w", "vqav2")) {
            for (String figure : List.of("curves-" + dataset + "-k1", "curves-" + dataset + "-k3", "heat-" + dataset)) {
                for (String format : List.of(".svg", ".pdf", ".png")) {
                    names.add("figures/" + figure + format);
                }
            }
        }
        names.addAll(List.of("report.html", "contrasts.csv", "curves.csv", "stability.csv"));
        Set<String> found = new TreeSet<>();
        for (Path file : written) {
            assertThat(Files.size(file)).isPositive();
            found.add(out.relativize(file).toString());
        }
        assertThat(found).isEqualTo(names);
    }

    @Test
    void curvesExistWhereTheirWindowActsInTheLook() throws Exception {
        Element root = svg(out.resolve("figures/curves-docvqa-k3.svg")).getDocumentElement();
        List<Element> panels = groups(root, "panel");
        assertThat(panels)
                .extracting(panel -> panel.getAttribute("data-category"))
                .containsExactly("", "layout", "table/list", "form");
        for (Element panel : panels) {
            Element image = groups(panel, "curve image_to_last").get(0);
            List<Element> lines = all(image, "polyline");
            assertThat(lines.get(0).getAttribute("stroke")).as("hairline").isEqualTo("#D8D4CC");
            assertThat(points(lines.get(0))).hasDimensions(20, 2);
            assertThat(lines).as("layers 2–4, 7–9, 12–14, 17–19 at k = 3").hasSize(5);
            for (Element piece : lines.subList(1, 5)) {
                assertThat(points(piece)).hasDimensions(3, 2);
                assertThat(piece.getAttribute("stroke")).isEqualTo("#CF7510");
                assertThat(piece.getAttribute("stroke-width")).isEqualTo("2.2");
                assertThat(piece.getAttribute("stroke-dasharray")).isEmpty();
            }
            assertThat(all(image, "circle")).as("lowest point").hasSize(1);
            Element question = all(groups(panel, "curve question_to_last").get(0), "polyline")
                    .get(1);
            assertThat(question.getAttribute("stroke-dasharray")).isEqualTo("6 3");
            Element last =
                    all(groups(panel, "curve last_to_last").get(0), "polyline").get(1);
            assertThat(last.getAttribute("stroke-dasharray")).isEqualTo("1.5 3");
            assertThat(all(groups(panel, "band image_to_last").get(0), "polygon"))
                    .as("where ten clusters carry the mean")
                    .hasSizeBetween(panel.getAttribute("data-category").isEmpty() ? 1 : 0, 4)
                    .allMatch(band -> band.getAttribute("fill-opacity").equals("0.16"));
            Element strip = groups(panel, "strip").get(0);
            List<Element> filled = all(strip, "polygon");
            List<Element> hollow = all(strip, "polyline");
            assertThat(filled.size() + hollow.size()).isEqualTo(4 * 20);
            assertThat(hollow).allMatch(cell -> points(cell).length == 5);
            if (panel.getAttribute("data-category").isEmpty()) {
                assertThat(filled.stream()
                                .filter(cell -> !cell.getAttribute("fill").equals("#D8D4CC")))
                        .as("significant")
                        .isNotEmpty();
            }
            assertThat(panel.getTextContent()).contains("n = " + panel.getAttribute("data-n"), "−100", "−50");
        }
        List<Double> names = all(groups(root, "names").get(0), "text").stream()
                .filter(text -> text.getTextContent().contains("→"))
                .map(text -> Double.parseDouble(text.getAttribute("y")))
                .sorted()
                .toList();
        assertThat(names).hasSize(4);
        for (int i = 1; i < names.size(); i++) {
            assertThat(names.get(i) - names.get(i - 1)).isGreaterThanOrEqualTo(14.99);
        }
    }

    @Test
    void pointsAreTheStudysNumbers() throws Exception {
        Element panel = groups(svg(out.resolve("figures/curves-docvqa-k3.svg")).getDocumentElement(), "panel")
                .get(3);
        double[][] line = points(
                all(groups(panel, "curve question_to_last").get(0), "polyline").get(0));
        MeanCurve curve = study.summaries()
                .get(2)
                .curve(Group.of("form"), new CurveKey("question_to_last", 3, "paper"), Metric.PRODUCT, Clipping.NONE);
        int high = 19;
        int low = 0;
        double scale = (line[low][1] - line[high][1]) / (curve.mean()[high] - curve.mean()[low]);
        assertThat(scale).isPositive();
        for (int layer = 0; layer < 20; layer++) {
            double change = curve.mean()[high] - (line[layer][1] - line[high][1]) / scale;
            assertThat(change).isCloseTo(curve.mean()[layer], within(0.01));
        }
    }

    @Test
    void heatMapsLeaveGapsAndCarryNumbers() throws Exception {
        Element root = svg(out.resolve("figures/heat-docvqa.svg")).getDocumentElement();
        Element heat = groups(root, "heat image_to_last").get(0);
        // the key's mark is a circle; cells: 4 at k = 1, 12 at k = 3; 4 underlines
        assertThat(all(heat, "polygon")).hasSize(4 + 12 + 4);
        assertThat(heat.getTextContent()).containsPattern("−\\d\\d");
    }

    @Test
    void pdfIsOnePageOfRealTextInAnEmbeddedFont() throws IOException {
        try (PDDocument document =
                Loader.loadPDF(out.resolve("figures/curves-visual7w-k3.pdf").toFile())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(document)).contains("Visual7W", "image→last", "−100 %", "n = ");
            for (var name : document.getPage(0).getResources().getFontNames()) {
                var font = document.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).as(font.getName()).isTrue();
            }
        }
    }

    @Test
    void pngHasTheColours() throws IOException {
        BufferedImage image =
                ImageIO.read(out.resolve("figures/curves-docvqa-k3.png").toFile());
        assertThat(image.getWidth()).isEqualTo(2 * 1216);
        Set<Integer> colours = new TreeSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        assertThat(colours).contains(0xFDFCFA, 0xCF7510, 0x7C5AC2, 0x35997C, 0xB3202F, 0x1B1D1F);
    }

    /** The JDK's text needs installed fonts; servers and containers often have none. */
    @Test
    void noInstalledFontIsNeeded() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("sightline.figure");
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.awt.Font")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.awt.FontMetrics")
                .orShould()
                .callMethod("java.awt.Graphics2D", "drawString", "java.lang.String", "float", "float")
                .check(classes);
    }

    @Test
    void csvHoldsAllNumbersBehindTheFigures() throws IOException {
        List<String> lines = Files.readAllLines(out.resolve("curves.csv"));
        int groups = study.summaries().stream()
                .mapToInt(summary -> summary.groups().size())
                .sum();
        assertThat(lines).hasSize(1 + groups * 4 * 2 * 20);
        assertThat(lines.stream().filter(line -> line.startsWith("docvqa,doc,,")))
                .as("of all samples: no category is named")
                .hasSize(4 * 2 * 20);
        DatasetSummary docvqa = study.summaries().get(2);
        MeanCurve curve = docvqa.curve(
                Group.of("table/list"), new CurveKey("image_to_last", 3, "paper"), Metric.PRODUCT, Clipping.NONE);
        assertThat(lines)
                .contains(
                        "docvqa,doc,table/list,image_to_last,3,paper,change,product,none,0.5,18,17,19,true," + curve.n()
                                + "," + curve.published()[18] + "," + curve.mean()[18] + "," + curve.clusters() + ","
                                + curve.designEffect()[18] + "," + curve.low()[18] + "," + curve.high()[18]
                                + ",,,1.0,1.0,false"); // too few pictures for a test
    }

    @Test
    void thePapersFiguresShowThePublishedNumbersInThePublishedColours() throws Exception {
        List<TracedDataset> datasets = List.of(
                PublishedPlotsTest.read("vqa", folder),
                PublishedPlotsTest.read("docvqa", folder),
                PublishedPlotsTest.read("visual7w", folder));
        Path paper = folder.resolve("paper");
        ReportWriter.write(
                StudySummary.of(datasets, SummarySettings.of(0.5, Metric.PRODUCT, Clipping.PUBLISHED)),
                paper,
                FigureStyle.PAPER);
        JsonNode plots = new JsonMapper()
                .readTree(
                        Path.of("src/test/resources/golden/scoring/plots.json").toFile());

        Element curves =
                svg(paper.resolve("figures/paper-docvqa-table-list-k9.svg")).getDocumentElement();
        Element axes = groups(curves, "axes").get(0);
        for (String[] style : new String[][] {
            {"last_to_last", "#FF0000"},
            {"image_to_last", "#FFA500"},
            {"question_to_last", "#008000"},
            {"image_to_question", "#800080"}
        }) {
            Element line =
                    all(groups(curves, "curve " + style[0]).get(0), "polyline").get(0);
            assertThat(line.getAttribute("stroke")).isEqualTo(style[1]);
            assertThat(line.getAttribute("stroke-opacity")).isEqualTo("0.9");
            JsonNode expected = plots.at("/datasets/docvqa/categories/table_list/curves/" + style[0]);
            assertValues(values(axes, line), expected);
        }
        assertThat(all(groups(curves, "cross-attention").get(0), "polyline"))
                .hasSize(8)
                .allMatch(line -> line.getAttribute("stroke").equals("#0000FF"));
        try (var files = Files.list(paper.resolve("figures"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".svg"))).hasSize(2 + 4 + 5 + 1);
        }

        Element stages = svg(paper.resolve("figures/paper-stages-k9.svg")).getDocumentElement();
        for (String pathway : List.of("image_to_question", "image_to_last", "question_to_last")) {
            Element panel = groups(stages, "stages " + pathway).get(0);
            for (Element line : groups(panel, "line")) {
                Element drawn = all(line, "polyline").get(0);
                String dataset = line.getAttribute("data-dataset");
                assertValues(values(panel, drawn), plots.at("/bar/panels/" + pathway + "/lines/" + dataset));
                assertThat(drawn.getAttribute("stroke"))
                        .isEqualTo(
                                switch (dataset) {
                                    case "Visual7W" -> "#1F77B4";
                                    case "VQAv2" -> "#FF7F0E";
                                    default -> "#2CA02C";
                                });
            }
            assertThat(groups(panel, "line")).hasSize(3);
        }
        assertThat(Files.readAllLines(paper.resolve("published.csv")))
                .hasSize(1 + (2 + 4 + 5) * 4 * 40 + 3 * 4 * 9)
                .anyMatch(line -> line.startsWith("curve,docvqa,,table/list,image_to_last,9,paper,0,3,"));
    }

    private static double[] values(Element axes, Element line) {
        String[] frame = axes.getAttribute("data-frame").split(" ", -1);
        String[] range = axes.getAttribute("data-range").split(" ", -1);
        double top = Double.parseDouble(frame[1]);
        double height = Double.parseDouble(frame[3]);
        double bottom = Double.parseDouble(range[2]);
        double end = Double.parseDouble(range[3]);
        double[][] points = points(line);
        double[] values = new double[points.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = end - (points[i][1] - top) / height * (end - bottom);
        }
        return values;
    }

    private static void assertValues(double[] values, JsonNode expected) {
        assertThat(values).hasSize(expected.size());
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(expected.get(i).doubleValue(), within(2e-3)); // three decimals of a pixel
        }
    }

    @Test
    void anotherReportIsReplacedAndAnythingElseKept() throws IOException {
        Path again = folder.resolve("again");
        ReportWriter.write(study, again, FigureStyle.SIGHTLINE);
        Path desktops = Files.writeString(again.resolve(".DS_Store"), "");
        ReportWriter.write(study, again, FigureStyle.PAPER);
        assertThat(desktops).exists();
        try (var files = Files.list(again.resolve("figures"))) {
            assertThat(files).allMatch(file -> file.getFileName().toString().startsWith("paper-"));
        }
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.tex"), "mine");
        assertThatThrownBy(() -> ReportWriter.write(study, other, FigureStyle.SIGHTLINE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds something else than a report");
    }

    @Test
    void runsOnOneDatasetDoNotOverwriteEachOther() throws Exception {
        List<Path> runs = List.of(
                RunFolders.write(folder.resolve("studies/a/run"), Dataset.VQAV2, 20, List.of(1), 20, 20),
                RunFolders.write(folder.resolve("studies/b/run"), Dataset.VQAV2, 20, List.of(1), 40, 40),
                RunFolders.write(folder.resolve("studies/b!run"), Dataset.VQAV2, 20, List.of(1), 30, 30));
        StudySummary three = Reports.summary(runs);
        assertThat(three.summaries().stream().map(summary -> summary.data().title()))
                .containsExactly("VQAv2 (a/run)", "VQAv2 (b/run)", "VQAv2 (b!run)");

        Path side = folder.resolve("side");
        assertThat(ReportWriter.write(three, side, FigureStyle.SIGHTLINE)).doesNotHaveDuplicates();
        assertThat(side.resolve("figures/curves-vqav2-a-run-k1.svg")).exists();
        assertThat(side.resolve("figures/curves-vqav2-b-run-k1.svg")).exists();
        assertThat(side.resolve("figures/curves-vqav2-b-run-k1-2.svg"))
                .as("a name that is taken")
                .exists();

        assertThat(ReportWriter.write(three, side, FigureStyle.PAPER)).doesNotHaveDuplicates();
        List<String> rows = Files.readAllLines(side.resolve("published.csv"));
        assertThat(rows.get(0)).startsWith("figure,dataset,run,category,");
        for (String run : List.of("a/run", "b/run", "b!run")) {
            assertThat(rows).anyMatch(row -> row.startsWith("curve,vqav2," + run + ",other,"));
            assertThat(rows).anyMatch(row -> row.startsWith("stage,vqav2," + run + ",,"));
        }
        Element stages = svg(side.resolve("figures/paper-stages-k1.svg")).getDocumentElement();
        assertThat(groups(groups(stages, "stages image_to_last").get(0), "line"))
                .hasSize(3);
    }

    @Test
    void aReportThatWasKilledIsMadeAgain() throws IOException {
        Path killed = folder.resolve("killed");
        ReportWriter.write(study, killed, FigureStyle.SIGHTLINE);
        Files.delete(killed.resolve("report.html")); // the last to be written
        Path partial = Files.writeString(killed.resolve(".report.html.partial"), "<html>");

        ReportWriter.write(study, killed, FigureStyle.SIGHTLINE);

        assertThat(killed.resolve("report.html")).isNotEmptyFile();
        assertThat(partial).doesNotExist();
    }

    @Test
    void whatNoReportHasWrittenIsNeitherReplacedNorLeftAmongItsFiles() throws IOException {
        Path out = folder.resolve("mixed");
        Path curves = Files.createDirectories(out).resolve("curves.csv");
        Files.writeString(curves, "mine");
        refused(out, "holds something else than a report: curves.csv");
        assertThat(out.resolve("figures")).doesNotExist();
        Files.delete(curves);

        ReportWriter.write(study, out, FigureStyle.SIGHTLINE);
        for (String name : List.of("figures/curves-vqav2-k1.svg", "figures/photo.png", "thesis.tex")) {
            Path mine = out.resolve(name);
            byte[] before = Files.exists(mine) ? Files.readAllBytes(mine) : new byte[0];
            Files.writeString(mine, "mine");
            refused(
                    out,
                    before.length > 0
                            ? name + " was changed since a report wrote it"
                            : "holds something else than a report: " + name);
            assertThat(mine).hasContent("mine");
            assertThat(out.resolve("report.html"))
                    .as("the report is still whole")
                    .isNotEmptyFile();
            if (before.length > 0) {
                Files.write(mine, before);
            } else {
                Files.delete(mine);
            }
        }
        ReportWriter.write(study, out, FigureStyle.SIGHTLINE);
    }

    private static void refused(Path out, String says) {
        assertThatThrownBy(() -> ReportWriter.write(study, out, FigureStyle.SIGHTLINE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(says);
    }

    /** Figures are files for others' readers: what a category is called must not break them, nor run over what is beside. */
    @Test
    void namesOfAnyKindMakeFiguresThatCanBeRead() throws Exception {
        String hostile = "<script>alert(1)</script>\u001b[31m\u202e\0\ud800__proto__ " + "w".repeat(300);
        List<Path> runs = List.of(RunFolders.write(folder.resolve("hostile"), Dataset.VQAV2, 10, List.of(1), 12, 12));
        Path journal = runs.get(0).resolve("samples.jsonl");
        ObjectMapper json = new ObjectMapper();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(journal)) {
            ObjectNode sample = (ObjectNode) json.readTree(line);
            sample.putArray("categories").add(hostile);
            lines.add(json.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(sample));
        }
        Files.write(journal, lines);
        Path out = folder.resolve("hostile-out");
        for (FigureStyle style : FigureStyle.values()) {
            List<Path> files = ReportWriter.write(Reports.summary(runs), out, style);
            assertThat(files).allMatch(file -> file.getFileName().toString().length() < 120);
            for (Path file : files) {
                if (file.toString().endsWith(".svg")) {
                    Element drawn = svg(file).getDocumentElement();
                    assertThat(drawn.getTextContent()).doesNotContain("\u001b", "\u202e");
                    NodeList texts = drawn.getElementsByTagName("text");
                    for (int i = 0; i < texts.getLength(); i++) {
                        assertThat(texts.item(i).getTextContent()).doesNotContain("w".repeat(100));
                    }
                }
            }
        }
        assertThat(Typeface.REGULAR.fit("short", 13, 100)).isEqualTo("short");
        String cut = Typeface.REGULAR.fit("w".repeat(300), 13, 100);
        assertThat(cut).endsWith("…").hasSizeGreaterThan(5);
        assertThat(Typeface.REGULAR.width(cut, 13)).isLessThanOrEqualTo(100);
        assertThat(CurveFigure.label("__proto__")).isEqualTo("__proto__");
        assertThat(CurveFigure.label("table_list")).isEqualTo("table list");
    }

    @Test
    void numbersAreReadAsTheLookSays() {
        assertThat(ChangeText.of(-16.6)).isEqualTo("−17");
        assertThat(ChangeText.of(-7.06)).isEqualTo("−7.1");
        assertThat(ChangeText.of(-9.96)).isEqualTo("−10");
        assertThat(ChangeText.of(3)).isEqualTo("+3.0");
        assertThat(ChangeText.of(-0.02)).isEqualTo("0");
        assertThat(Palette.hex(Palette.heat(0))).isEqualTo("#F4F2ED");
        assertThat(Palette.hex(Palette.heat(-100))).isEqualTo("#123A60");
        assertThat(CurveFigure.number(0.5)).isEqualTo("0.5");
        assertThat(CurveFigure.number(0)).isEqualTo("0");
        assertThat(CurveFigure.number(10)).isEqualTo("10");
    }

    @Test
    void ticksOfAnAxisTellAllTheirDecimals() {
        assertThat(PlotAxes.ticks(-0.1, 0.01).stream().map(PlotAxes::label))
                .containsExactly("−0.1", "−0.08", "−0.06", "−0.04", "−0.02", "0");
        assertThat(PlotAxes.ticks(-100, 20).stream().map(PlotAxes::label))
                .containsExactly("−100", "−80", "−60", "−40", "−20", "0", "20");
        assertThat(PlotAxes.label(0.1 + 0.2)).isEqualTo("0.3");
    }
}
