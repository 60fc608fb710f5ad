package sightline.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table without its repeated columns. Windows that hold the same layers give the same numbers, answers of one token the
 * same in both metrics, and curves without rises the same clipped: most columns are there several times.
 *
 * @param rows [sample][distinct column]
 * @param place of each column among the distinct ones
 */
@SuppressWarnings("ArrayRecordComponent")
record DistinctColumns(double[][] rows, int[] place) {
    static DistinctColumns distinct(double[][] rows) {
        int columns = rows[0].length;
        int[] place = new int[columns];
        List<Integer> firsts = new ArrayList<>();
        Map<Long, List<Integer>> byHash = new HashMap<>();
        for (int column = 0; column < columns; column++) {
            List<Integer> candidates = byHash.computeIfAbsent(hash(rows, column), key -> new ArrayList<>());
            int found = -1;
            for (int candidate : candidates) {
                found = same(rows, firsts.get(candidate), column) ? candidate : found;
            }
            if (found < 0) {
                found = firsts.size();
                candidates.add(found);
                firsts.add(column);
            }
            place[column] = found;
        }
        double[][] distinct = new double[rows.length][firsts.size()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < firsts.size(); j++) {
                distinct[i][j] = rows[i][firsts.get(j)];
            }
        }
        return new DistinctColumns(distinct, place);
    }

    /** A distinct column's values. */
    double[] column(int place) {
        double[] values = new double[rows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i][place];
        }
        return values;
    }

    private static long hash(double[][] rows, int column) {
        long hash = 1;
        for (double[] row : rows) {
            hash = 31 * hash + Double.doubleToLongBits(row[column]);
        }
        return hash;
    }

    private static boolean same(double[][] rows, int one, int other) {
        for (double[] row : rows) {
            if (row[one] != row[other]) {
                return false;
            }
        }
        return true;
    }
}
