package io.jmigrate.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Columns of text as runc prints them: padded to the widest cell, at least twelve characters, three between columns. */
public final class Table {
    private static final int WIDTH_MIN = 12;
    private static final int GAP = 3;

    private final List<List<String>> rows = new ArrayList<>();

    /** @param titles of the columns */
    public Table(String... titles) {
        rows.add(List.of(titles));
    }

    /** Adds a row with one cell for each title. */
    public void row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + rows.getFirst().size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** The table's lines, the titles first. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size() - 1; column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(width(column) - cell.length()));
        }
        return line.append(cells.getLast()).toString();
    }

    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(WIDTH_MIN, widest + GAP);
    }
}
