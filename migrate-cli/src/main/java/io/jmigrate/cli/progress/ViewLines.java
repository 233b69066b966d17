package io.jmigrate.cli.progress;

import io.jmigrate.cli.output.ByteSize;
import io.jmigrate.cli.output.Milliseconds;
import io.jmigrate.migration.report.ProgressEvent.RoundEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Migrations under way as lines of text, the titles first; what is noted of one is a line of its own below it. */
final class ViewLines {
    private static final String UNKNOWN = "-";
    private static final int GAP = 2;
    private static final String NOTE_INDENT = "  ";
    private static final double NANOS_A_SECOND = 1e9;
    private static final List<String> TITLES =
            List.of("CONTAINER", "PHASE", "ROUND", "SENT", "WRITES", "LINK", "DOWNTIME", "TO GO");
    /** What most values need, so that columns stay where they are: with the gaps it is what a window of 80 columns has. */
    private static final List<Integer> WIDTHS_MIN = List.of(9, 9, 5, 8, 10, 10, 8, 6);
    /** Of a window, at most: what is to be seen of a migration is more than its name. */
    private static final int NAME_SHARE = 3;

    private ViewLines() {}

    /** @param columns of the window: no line is as wide, as a terminal would go on in the next one */
    static List<String> of(List<ViewRow> rows, int columns) {
        List<List<String>> cells = new ArrayList<>(List.of(TITLES));
        rows.forEach(row -> cells.add(cells(row, columns)));
        List<Integer> widths = IntStream.range(0, TITLES.size())
                .mapToObj(column -> cells.stream()
                        .mapToInt(line -> line.get(column).length())
                        .reduce(WIDTHS_MIN.get(column), Math::max))
                .toList();
        List<String> lines = new ArrayList<>(List.of(line(TITLES, widths)));
        for (int row = 0; row < rows.size(); row++) {
            lines.add(line(cells.get(row + 1), widths));
            rows.get(row).note().map(note -> NOTE_INDENT + note).ifPresent(lines::add);
        }
        return lines.stream().map(line -> cut(line, columns - 1)).toList();
    }

    private static List<String> cells(ViewRow row, int columns) {
        return List.of(
                cut(row.container(), Math.max(columns / NAME_SHARE, WIDTHS_MIN.getFirst())),
                row.phaseWord(),
                of(row, round -> Integer.toString(round.number())),
                ByteSize.inWords(row.sentBytes()),
                of(row, round -> ByteSize.inWords(round.dirtyRate()) + "/s"),
                of(row, round -> ByteSize.inWords(round.bandwidth()) + "/s"),
                of(row, round -> Milliseconds.inWords(round.downtimeNanos())),
                of(row, round -> String.format(Locale.ROOT, "%.1f s", round.remainingNanos() / NANOS_A_SECOND)));
    }

    private static String of(ViewRow row, Function<RoundEnded, String> text) {
        return row.round().map(text).orElse(UNKNOWN);
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + GAP));
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String line, int width) {
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }
}
