package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spreadsheet makes of the tables. */
class TablesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"=HYPERLINK(1)", "+1+cmd", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff20SUM(1)"})
    void aTextThatASpreadsheetWouldRunIsQuoted(String text) {
        assertThat(Tables.cell(text)).isEqualTo("\"'" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"what", "table/list", "4-8", "a=b", "x@y", "", " =1 is a text"})
    void otherTextsStayAsTheyAre(String text) {
        assertThat(Tables.cell(text)).isEqualTo(text);
    }

    @Test
    void marksOfTheFormatAreQuotedOnly() {
        assertThat(Tables.cell("a,\"b\"")).isEqualTo("\"a,\"\"b\"\"\"");
        assertThat(Tables.cell("=a,\"b\"")).isEqualTo("\"'=a,\"\"b\"\"\"");
    }

    @Test
    void numbersStayNumbers() {
        assertThat(Tables.cell(-0.5)).isEqualTo("-0.5");
        assertThat(Tables.cell("-0.5")).isEqualTo("\"'-0.5\"");
        assertThat(Tables.cell(-3)).isEqualTo("-3");
    }
}
