package sightline.figure;

import sightline.analysis.StudySummary;

/** The report as one page of HTML that needs nothing beside it and asks no network. */
final class ReportPage {
    private ReportPage() {}

    static String html(StudySummary report) {
        return PageParts.shared("report.html")
                .replace("{{style}}", PageParts.shared("evidence.css") + "\n\n" + PageParts.shared("report.css"))
                .replace(
                        "{{script}}",
                        PageParts.classic(PageParts.shared("evidence.js")) + "\n" + PageParts.shared("report.js"))
                .replace("{{inside}}", PageParts.shared("inside.js"))
                .replace("{{windows}}", PageParts.shared("windows.js"))
                .replace("{{echarts}}", PageParts.inScript(PageParts.charts()))
                // Last, since questions and answers may hold anything.
                .replace("{{data}}", ReportData.json(report).replace("<", "\\u003c"));
    }
}
