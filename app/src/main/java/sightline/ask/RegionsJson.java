package sightline.ask;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.stream.IntStream;
import sightline.knockout.AnswerMeasures;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.region.PixelBox;
import sightline.run.FoilTokens;
import sightline.sweep.CellMap;

/**
 * The parts of the picture that were cut, all in all layers at once.
 *
 * @param picturePatches rows and columns of patches that hold picture
 * @param boxes the region; without one, only the map is there
 * @param tokens the region's vision tokens
 * @param occluded the uncut answer with the region painted over
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonPropertyOrder({"picture_patches", "boxes", "tokens", "whole_depth", "random_boxes", "occluded", "map"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written out at once
public record RegionsJson(
        int[] picturePatches,
        List<Box> boxes,
        int[] tokens,
        List<AskJson.WholeDepth> wholeDepth,
        List<Draw> randomBoxes,
        AskJson.Baseline occluded,
        Map map) {
    /** Patches, first and last of rows and columns, and the pixels that they cover: left, top, right, bottom. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"patch_rows", "patch_columns", "pixels"})
    @SuppressWarnings("ArrayRecordComponent")
    record Box(int[] patchRows, int[] patchColumns, double[] pixels) {
        static Box of(PatchBox box, PatchGrid grid) {
            PixelBox at = grid.pixels(box);
            return new Box(
                    new int[] {box.row(), box.row() + box.rows() - 1},
                    new int[] {box.column(), box.column() + box.columns() - 1},
                    new double[] {at.left(), at.top(), at.right(), at.bottom()});
        }
    }

    /** Random boxes, and the answer without them. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"draw", "boxes", "to_last", "to_all"})
    record Draw(int draw, List<Box> boxes, AskJson.WholeDepth toLast, AskJson.WholeDepth toAll) {}

    /** The picture's cells, rows first, each cut from the last row or all; then cells that go and come, by loss and at random. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"cell", "to", "cells", "by_loss", "random"})
    record Map(int cell, String to, List<Cell> cells, Order byLoss, List<Order> random) {
        static Map of(CellMap.Found map, PatchGrid grid) {
            return new Map(
                    map.side(),
                    map.target().toString(),
                    map.cells().stream()
                            .map(cell -> new Cell(Box.of(cell.patches(), grid), cell.probability(), cell.measures()))
                            .toList(),
                    Order.of(map.byLoss()),
                    map.random().stream().map(Order::of).toList());
        }
    }

    /** The answer without a cell. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"box", "probability", "answer_measures"})
    record Cell(Box box, double probability, AnswerMeasures answerMeasures) {}

    /** Cells that go, and cells that come. */
    @JsonPropertyOrder({"deletion", "insertion"})
    record Order(Steps deletion, Steps insertion) {
        static Order of(CellMap.Order order) {
            return new Order(Steps.of(order.deletion()), Steps.of(order.insertion()));
        }
    }

    /** The share of the cells that have gone or come, the answer's probability then, and the mean on the way. */
    @JsonPropertyOrder({"share", "probability", "area"})
    @SuppressWarnings("ArrayRecordComponent")
    record Steps(double[] share, double[] probability, double area) {
        static Steps of(CellMap.Steps steps) {
            return new Steps(steps.share(), steps.probability(), steps.area());
        }
    }

    static RegionsJson of(Regions regions, FoilTokens held, java.util.Map<String, Harm.Words> instead, int... answer) {
        boolean region = !regions.boxes().isEmpty();
        return new RegionsJson(
                new int[] {regions.grid().rows(), regions.grid().columns()},
                region ? boxes(regions.boxes(), regions.grid()) : null,
                region ? regions.tokens().stream().toArray() : null,
                region
                        ? regions.whole().stream()
                                .map(curve -> AskJson.WholeDepth.of(
                                        curve, instead.get(curve.intervention().name()), answer))
                                .toList()
                        : null,
                region
                        ? IntStream.range(0, regions.controls().size())
                                .mapToObj(draw -> draw(regions, draw, answer))
                                .toList()
                        : null,
                regions.occluded().map(other -> AskJson.baseline(other, held)).orElse(null),
                regions.map().map(map -> Map.of(map, regions.grid())).orElse(null));
    }

    private static Draw draw(Regions regions, int draw, int... answer) {
        Regions.Control control = regions.controls().get(draw);
        return new Draw(
                draw,
                boxes(control.boxes(), regions.grid()),
                AskJson.WholeDepth.of(control.toLast(), answer),
                AskJson.WholeDepth.of(control.toAll(), answer));
    }

    private static List<Box> boxes(List<PatchBox> boxes, PatchGrid grid) {
        return boxes.stream().map(box -> Box.of(box, grid)).toList();
    }
}
