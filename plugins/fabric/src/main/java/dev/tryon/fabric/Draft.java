package dev.tryon.fabric;

import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/**
 * Which warp yarn lies over which weft yarn: the weaver's plan, repeated without end.
 *
 * @param rows of picks, each a row of ends: X where the warp is on top, a point where the weft is
 */
record Draft(List<String> rows) {
    /** Copies the rows and checks that they are of one length. */
    Draft {
        rows = List.copyOf(rows);
        for (var row : rows) {
            if (row.length() != rows.getFirst().length()) {
                throw new IllegalArgumentException("rows of a draft are of one length: " + rows);
            }
        }
    }

    /** Returns whether the warp is on top where an end crosses a pick. */
    boolean warpOnTop(int end, int pick) {
        var row = rows.get(Math.floorMod(pick, rows.size()));
        return row.charAt(Math.floorMod(end, row.length())) == 'X';
    }

    /** Returns over one, under one. */
    static Draft plain() {
        return new Draft(List.of("X.", ".X"));
    }

    /** Returns a twill whose diagonal climbs to the right: over so many picks, under so many. */
    static Draft twill(int over, int under) {
        var period = over + under;
        return of(period, period, (end, pick) -> Math.floorMod(end + pick, period) < over ? 1 : 0);
    }

    /** Returns a 2/2 twill that turns after so many ends, breaking its diagonals. */
    static Draft herringbone(int ends) {
        return of(2 * ends, 4, (end, pick) -> {
            var turned = end < ends ? end : 1 - end;
            return Math.floorMod(turned + pick, 4) < 2 ? 1 : 0;
        });
    }

    /** Returns a satin whose warp dives under one pick in {@code harness}, scattered by {@code counter}. */
    static Draft satin(int harness, int counter) {
        return of(harness, harness, (end, pick) -> Math.floorMod(pick - counter * end, harness) == 0 ? 0 : 1);
    }

    private static Draft of(int ends, int picks, IntBinaryOperator warpOnTop) {
        return new Draft(IntStream.range(0, picks)
                .mapToObj(pick -> IntStream.range(0, ends)
                        .mapToObj(end -> warpOnTop.applyAsInt(end, pick) == 1 ? "X" : ".")
                        .reduce("", String::concat))
                .toList());
    }
}
