package io.jmigrate.migration.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines in a picture, as SVG that looks well on light and dark pages. The y axis has a logarithmic scale. */
final class Plot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 170;
    private static final int EDGE = 40;
    private static final List<String> COLORS =
            List.of("#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#9c755f", "#76b7b2");

    private final String xTitle;
    private final String yTitle;
    private final double xMax;
    private final double yMin;
    private final double yMax;

    /** A point of a line. */
    record Point(double x, double y) {}

    /** @param yMin a power of ten, as is {@code yMax} */
    Plot(String xTitle, double xMax, String yTitle, double yMin, double yMax) {
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.xMax = xMax;
        this.yMin = yMin;
        this.yMax = yMax;
    }

    /** @param lines by their names, in order */
    String svg(Map<String, List<Point>> lines) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH,
                HEIGHT));
        axes(out);
        int index = 0;
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            line(out, index++, line.getKey(), line.getValue());
        }
        return out.append("</svg>\n").toString();
    }

    private void axes(StringBuilder out) {
        for (double value = yMin; value <= yMax; value *= 10) {
            out.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>%n",
                    LEFT,
                    y(value),
                    WIDTH - RIGHT,
                    LEFT - 6,
                    y(value) + 4,
                    value));
        }
        for (int part = 0; part <= 4; part++) {
            double value = xMax * part / 4;
            text(out, x(value), HEIGHT - EDGE + 16, "middle", String.format(Locale.ROOT, "%.0f", value));
        }
        text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", xTitle);
        text(out, LEFT, EDGE - 16, "start", yTitle);
    }

    private void line(StringBuilder out, int index, String name, List<Point> points) {
        String color = COLORS.get(index % COLORS.size());
        List<String> places = new ArrayList<>();
        for (Point point : points) {
            places.add(String.format(Locale.ROOT, "%.1f,%.1f", x(point.x()), y(point.y())));
        }
        out.append("<polyline fill=\"none\" stroke=\"" + color + "\" stroke-width=\"2\" points=\""
                + String.join(" ", places) + "\"/>\n");
        int row = EDGE + 10 + 18 * index;
        out.append(String.format(
                Locale.ROOT,
                "<path d=\"M%d %dh16\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                WIDTH - RIGHT + 10,
                row - 4,
                color));
        text(out, WIDTH - RIGHT + 32, row, "start", name);
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String words) {
        out.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                words.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private double x(double value) {
        return LEFT + Math.min(value, xMax) / xMax * (WIDTH - RIGHT - LEFT);
    }

    private double y(double value) {
        double inside = Math.clamp(value, yMin, yMax);
        double part = Math.log(inside / yMin) / Math.log(yMax / yMin);
        return HEIGHT - EDGE - part * (HEIGHT - 2 * EDGE);
    }
}
