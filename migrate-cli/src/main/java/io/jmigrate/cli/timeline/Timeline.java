package io.jmigrate.cli.timeline;

import io.jmigrate.cli.html.Markup;
import io.jmigrate.cli.output.ByteSize;
import io.jmigrate.cli.output.Milliseconds;
import io.jmigrate.migration.report.CopyRound;
import io.jmigrate.migration.report.Span;
import java.util.List;
import java.util.Locale;

/** Draws a stretch of time to scale: a row of steps, and one of rounds. */
final class Timeline {
    private static final int WIDTH = 1000;
    private static final int ROW = 34;
    private static final int AXIS = 22;
    private static final int TICKS = 5;
    /** What is too short to be seen is drawn so wide. */
    private static final double WIDTH_MIN = 0.5;
    /** A word in a narrower piece would be cut. */
    private static final int LETTER = 8;

    private final Markup page;
    private final long fromNanos;
    private final long nanos;

    /** @param fromNanos where the stretch begins @param nanos how long it is */
    Timeline(Markup page, long fromNanos, long nanos) {
        this.page = page;
        this.fromNanos = fromNanos;
        this.nanos = Math.max(1, nanos);
    }

    void draw(List<Span> spans, List<CopyRound> rounds) {
        int rows = rounds.isEmpty() ? 1 : 2;
        int height = rows * ROW + AXIS;
        String label = "timeline of " + Milliseconds.inWords(nanos);
        page.begin(
                "svg",
                "class",
                "timeline",
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "role",
                "img",
                "aria-label",
                label);
        for (Span span : spans) {
            String word = span.step().word();
            piece(0, word, word, span.fromNanos(), span.nanos(), word);
        }
        for (CopyRound round : rounds) {
            String what = "round " + round.number() + ", " + ByteSize.inWords(round.sentBytes()) + " sent";
            piece(1, "round", Integer.toString(round.number()), round.fromNanos(), round.nanos(), what);
        }
        axis(rows * ROW);
        page.end();
    }

    private void piece(int row, String kind, String name, long from, long length, String what) {
        double left = x(from);
        double width = Math.max(WIDTH_MIN, x(from + length) - left);
        String top = Integer.toString(row * ROW + 2);
        page.begin("rect", "class", kind, "x", text(left), "y", top, "width", text(width), "height", text(ROW - 4));
        page.text("title", what + ": " + Milliseconds.inWords(length)).end();
        if (width > name.length() * LETTER) {
            page.text("text", name, "x", text(left + 4), "y", text(row * ROW + ROW * 0.62));
        }
    }

    private void axis(int top) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = (double) WIDTH * tick / TICKS;
            String place = text(x);
            page.empty("line", "x1", place, "x2", place, "y1", "0", "y2", Integer.toString(top + 4));
            String anchor = tick == 0 ? "start" : tick == TICKS ? "end" : "middle";
            String time = Milliseconds.inWords(nanos * tick / TICKS);
            page.text("text", time, "x", place, "y", Integer.toString(top + 17), "text-anchor", anchor);
        }
    }

    private double x(long at) {
        return (double) (at - fromNanos) * WIDTH / nanos;
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
