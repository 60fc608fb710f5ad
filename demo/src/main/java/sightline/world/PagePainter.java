package sightline.world;

import java.util.ArrayList;
import java.util.List;
import sightline.region.PixelBox;
import sightline.world.Page.Line;

/** Paints a document and says what each patch shows. */
final class PagePainter {
    private static final List<Integer> PAPERS = List.of(0xfbfbf6, 0xf6efd8, 0xe6f0f6, 0xf3e6ee);
    private static final int PRINT = 0x181818;
    private static final int TITLE = 0x7a1010;
    private static final int BY_HAND = 0x1530b8;

    private final Page page;
    private final Dice dice;
    private final Raster raster;
    private final LabelSheet sheet;
    private final List<Word> words = new ArrayList<>();
    /** The same for all lines, so that none touches the next. */
    private final int down;

    PagePainter(Page page, Dice dice) {
        this.page = page;
        this.dice = dice;
        this.down = dice.between(0, 1);
        this.raster = new Raster(page.tileRows(), page.tileColumns());
        this.sheet = new LabelSheet(page.tileRows(), page.tileColumns());
    }

    /** To be finished with noise. */
    Raster paint() {
        int paper = dice.pick(PAPERS);
        for (int y = 0; y < raster.height(); y++) {
            for (int x = 0; x < raster.width(); x++) {
                raster.set(x, y, paper);
            }
        }
        blank();
        int titleKey = Field.values().length;
        write(page.title(), 0, page.titleColumn(), TITLE, false, titleKey, LabelSheet.IN_TITLE);
        for (Line line : page.lines()) {
            int key = LabelSheet.number(line.field());
            write(line.field().name(), line.row(), 0, PRINT, false, key, LabelSheet.IN_KEY);
            write(line.quantity(), line.row(), line.quantityColumn(), PRINT, false, key, LabelSheet.IN_QUANTITY);
            int ink = line.byHand() ? BY_HAND : PRINT;
            write(line.value(), line.row(), line.valueColumn(), ink, line.byHand(), key, 0);
        }
        return raster;
    }

    /** What is where; after {@link #paint()}. */
    LabelSheet labels() {
        return sheet;
    }

    /** What is written, after {@link #paint()}; the title first, then line by line. */
    List<Word> words() {
        return List.copyOf(words);
    }

    private void blank() {
        for (int row = 0; row < raster.height() / World.PATCH; row++) {
            for (int column = 0; column < raster.width() / World.PATCH; column++) {
                sheet.patch(LabelSheet.OBJECT, row, column, 0);
            }
        }
        for (int tile = 0; tile < page.tileRows() * page.tileColumns(); tile++) {
            sheet.tile("scene", tile, Backdrop.values().length);
        }
    }

    /** @param place in the value, from which on to count; or one of the sheet's names for other places */
    private void write(String text, int row, int column, int ink, boolean byHand, int key, int place) {
        int right = dice.between(0, byHand ? 1 : 2);
        words(text, row, column * World.PATCH + right, byHand);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ' ') {
                continue;
            }
            int glyph = PixelFont.index(text.charAt(i));
            draw(glyph, (column + i) * World.PATCH + right, row * World.PATCH + down, ink, byHand);
            sheet.patch(LabelSheet.OBJECT, row, column + i, LabelSheet.GLYPHS_FROM + glyph);
            sheet.patch(LabelSheet.KEY, row, column + i, key);
            sheet.patch(LabelSheet.CHARACTER, row, column + i, place < LabelSheet.VALUE_PLACES ? place + i : place);
            sheet.patch(LabelSheet.INK, row, column + i, byHand ? 1 : 0);
        }
    }

    private void words(String text, int row, int left, boolean byHand) {
        int from = 0;
        for (String word : text.split(" ", -1)) {
            if (word.chars().anyMatch(Character::isLetterOrDigit)) {
                int last = from + word.length() - 1;
                int lean = byHand ? lean(0) : 0;
                words.add(new Word(
                        word,
                        row,
                        new PixelBox(
                                left + from * World.PATCH,
                                row * World.PATCH + down,
                                left + last * World.PATCH + PixelFont.WIDTH + lean,
                                row * World.PATCH + down + PixelFont.HEIGHT)));
            }
            from += word.length() + 1;
        }
    }

    private static int lean(int row) {
        return (PixelFont.HEIGHT - 1 - row) / 3;
    }

    /** Handwriting leans: its upper rows are moved to the right. */
    private void draw(int glyph, int left, int top, int ink, boolean byHand) {
        for (int row = 0; row < PixelFont.HEIGHT; row++) {
            int lean = byHand ? lean(row) : 0;
            for (int column = 0; column < PixelFont.WIDTH; column++) {
                if (PixelFont.inked(glyph, row, column)) {
                    raster.set(left + column + lean, top + row, ink);
                }
            }
        }
    }
}
