package sightline.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The answer with its probability, and a table of its tokens: in each row the token itself, then the likeliest others.
 *
 * <p>A long answer is cut: its text to {@value #TEXT_LINES} lines, the table to {@value #TOKEN_ROWS} rows; a last row says
 * how many tokens are left out.
 *
 * @param answer the answer's text
 * @param probability of the whole answer, from 0 to 1
 * @param tokens one list per answer token, the token of the answer first
 */
public record AnswerBlock(String answer, double probability, List<List<TokenChoice>> tokens) {
    private static final int TEXT_LINES = 4;
    private static final int TOKEN_ROWS = 8;
    private static final int COLUMNS = 3;
    private static final int TOKEN_WIDTH = 16;
    /** Where the columns start at least, so that tables of short tokens look alike. */
    private static final int[] LEAST = {16, 14, 0};

    public AnswerBlock {
        Objects.requireNonNull(answer);
        tokens = tokens.stream().map(List::copyOf).toList();
    }

    /** The block's lines, none wider than {@link Look#WIDTH}. */
    public List<String> lines(Look look) {
        List<String> lines = new ArrayList<>(heading(look.glyphs()));
        lines.addAll(table(look.glyphs()));
        return lines;
    }

    private List<String> heading(Glyphs glyphs) {
        String p = NumberText.equation(probability);
        int room = Look.WIDTH - 2 - p.length();
        List<String> text = TextWidth.wrap(Visible.line(answer, glyphs), room - 2, TEXT_LINES, glyphs);
        List<String> lines = new ArrayList<>(text);
        lines.set(0, TextWidth.left(text.get(0), room) + p);
        return lines;
    }

    private List<String> table(Glyphs glyphs) {
        int shown = tokens.size() > TOKEN_ROWS ? TOKEN_ROWS - 1 : tokens.size();
        List<List<String>> cells = tokens.stream()
                .limit(shown)
                .map(row -> row.stream()
                        .limit(COLUMNS)
                        .map(choice -> cell(choice, glyphs))
                        .toList())
                .toList();
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder(" ");
            for (int column = 0; column < row.size(); column++) {
                line.append(' ').append(TextWidth.left(row.get(column), width(cells, column)));
            }
            lines.add(line.toString().stripTrailing());
        }
        if (shown < tokens.size()) {
            lines.add("  " + glyphs.ellipsis() + " and " + (tokens.size() - shown) + " more tokens");
        }
        return lines;
    }

    private static int width(List<List<String>> cells, int column) {
        int widest = cells.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> TextWidth.width(row.get(column)))
                .max()
                .orElse(0);
        return Math.max(widest + 2, LEAST[column] - 1);
    }

    private static String cell(TokenChoice choice, Glyphs glyphs) {
        String spaced = choice.token().stripLeading();
        String lead = glyphs.space().repeat(choice.token().length() - spaced.length());
        String shown = lead + Visible.line(spaced, glyphs);
        return TextWidth.fit(shown, TOKEN_WIDTH, glyphs) + " " + NumberText.inTable(choice.probability());
    }
}
