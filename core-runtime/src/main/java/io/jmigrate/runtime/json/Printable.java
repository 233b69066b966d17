package io.jmigrate.runtime.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** Text of unknown origin for a terminal: what a terminal would obey, or what would hide other text, is written as an escape. */
public final class Printable {
    private Printable() {}

    /** On one line; escapes are those of JSON. */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(shown, point));
        return shown.toString();
    }

    /** The same of its beginning. @param charsMax of the text that are shown; what is cut leaves an ellipsis */
    public static String beginning(String text, int charsMax) {
        return text.length() <= charsMax ? text(text) : text(text.substring(0, charsMax)) + "…";
    }

    /** A document, indented. */
    public static String json(JsonNode document) {
        return json(new String(JsonText.pretty(document), StandardCharsets.UTF_8));
    }

    /** JSON that has line ends and blanks between its tokens only: what its strings hold is escaped. */
    public static String json(String json) {
        StringBuilder shown = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (point == '\n' || point == '\r') {
                shown.appendCodePoint(point);
            } else {
                append(shown, point);
            }
        });
        return shown.toString();
    }

    private static void append(StringBuilder shown, int point) {
        if (isPlain(point)) {
            shown.appendCodePoint(point);
        } else {
            for (char unit : Character.toChars(point)) {
                shown.append(String.format("\\u%04x", (int) unit));
            }
        }
    }

    /** Whether it may be printed as it is. */
    static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
