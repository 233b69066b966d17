package io.jmigrate.cli.progress;

import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * A row for each migration under way, drawn anew in place as something happens. The terminal is left as it was: no mode of it is changed, and
 * the rows are erased before anything else is printed and in the end.
 */
final class LiveDisplay implements ProgressDisplay {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int COLUMNS_IF_UNKNOWN = 80;
    private static final String UP_AND_ERASE_BELOW = "\033[%dA\r\033[J";
    private static final String BOLD = "\033[1m";
    private static final String PLAIN = "\033[0m";

    private final PrintStream err;
    private final PrintStream out;
    private final IntSupplier columns;
    private final boolean styled;
    private final List<ViewRow> rows = new ArrayList<>();
    private List<String> drawn = List.of();
    private long drawnAt = System.nanoTime() - REDRAW_NANOS;
    private boolean closed;

    LiveDisplay(Screen screen, IntSupplier columns) {
        this.err = screen.err();
        this.out = screen.out();
        this.columns = columns;
        this.styled = screen.styled();
    }

    @Override
    public ProgressListener next() {
        return new Row();
    }

    /** One migration's; it is shown from its first event to its last. */
    private final class Row implements ProgressListener {
        private ViewRow row = ViewRow.of("");

        @Override
        public void happened(ProgressEvent event) {
            synchronized (LiveDisplay.this) {
                ViewRow next = row.after(event);
                rows.replaceAll(known -> known == row ? next : known);
                row = next;
                switch (event) {
                    case ProgressEvent.Started _ -> rows.add(next);
                    case ProgressEvent.Finished(MigrationResult result) -> {
                        rows.remove(next);
                        erase();
                        out.println(ResultLine.text(result));
                        out.flush();
                    }
                    case ProgressEvent.Ended _ -> rows.remove(next);
                    default -> {}
                }
                if (!(event instanceof ProgressEvent.Sent) || System.nanoTime() - drawnAt >= REDRAW_NANOS) {
                    draw();
                }
            }
        }
    }

    @Override
    public synchronized void say(String line) {
        erase();
        err.println(line);
        draw();
    }

    @Override
    public synchronized void resized() {
        draw();
    }

    @Override
    public synchronized void close() {
        closed = true;
        erase();
    }

    private int width() {
        int told = columns.getAsInt();
        return told > 0 ? told : COLUMNS_IF_UNKNOWN;
    }

    private void draw() {
        erase();
        if (closed || rows.isEmpty()) {
            return;
        }
        drawn = ViewLines.of(rows, width());
        drawnAt = System.nanoTime();
        String titles = drawn.getFirst();
        err.println(styled ? BOLD + titles + PLAIN : titles);
        drawn.stream().skip(1).forEach(err::println);
        err.flush();
    }

    /** In a window that has become narrower a line takes several rows by now. */
    private void erase() {
        if (!drawn.isEmpty()) {
            int width = width();
            int height = drawn.stream()
                    .mapToInt(line -> Math.max(1, Math.ceilDiv(line.length(), width)))
                    .sum();
            drawn = List.of();
            err.printf(UP_AND_ERASE_BELOW, height);
            err.flush();
        }
    }
}
