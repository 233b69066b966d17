package io.jmigrate.cli.html;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A document that is written from front to back. Names of elements and attributes come from the program; text and values may come
 * from anybody and are escaped.
 */
public final class Markup {
    private final StringBuilder document = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn
     */
    public Markup begin(String element, String... attributes) {
        tag(element, attributes);
        document.append('>');
        open.push(element);
        return this;
    }

    /** Ends the element that was begun last. */
    public Markup end() {
        document.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content. */
    public Markup empty(String element, String... attributes) {
        tag(element, attributes);
        document.append("/>");
        return this;
    }

    /** An element with text alone. */
    public Markup text(String element, String text, String... attributes) {
        return begin(element, attributes).text(text).end();
    }

    /** Text of any characters; those that no XML may hold become U+FFFD. */
    public Markup text(String text) {
        text.codePoints().forEach(this::append);
        return this;
    }

    /** A style sheet, which only the program writes. */
    public Markup style(String rules) {
        document.append("<style>").append(rules).append("</style>");
        return this;
    }

    private void tag(String element, String... attributes) {
        document.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            document.append(' ').append(attributes[i]).append("=\"");
            text(attributes[i + 1]);
            document.append('"');
        }
    }

    private void append(int point) {
        switch (point) {
            case '&' -> document.append("&amp;");
            case '<' -> document.append("&lt;");
            case '>' -> document.append("&gt;");
            case '"' -> document.append("&quot;");
            case '\'' -> document.append("&#39;");
            default -> document.appendCodePoint(isAllowed(point) ? point : 0xFFFD);
        }
    }

    /** Char of XML 1.0, without the ones of HTML that stand for nothing. */
    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point >= 0x20 && point < 0x7f
                || point >= 0xa0 && point <= 0xd7ff
                || point >= 0xe000 && point < 0xfdd0
                || point > 0xfdef && point <= 0xfffd
                || point >= 0x10000 && (point & 0xfffe) != 0xfffe;
    }

    /** The whole document, once all elements are ended. */
    public String document() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("element " + open.peek() + " was not ended");
        }
        return "<!DOCTYPE html>\n" + document + "\n";
    }
}
