package io.jmigrate.runtime.json;

/** Composes the paths by which problems are reported: {@code $.mounts[3].options[0]}, {@code $.annotations["a.b"]}. */
public final class JsonPath {
    /** The document itself. */
    public static final String ROOT = "$";

    private static final int NAME_SHOWN_MAX = 80;

    private JsonPath() {}

    public static String child(String parent, String name) {
        if (isPlain(name)) {
            return parent + "." + name;
        }
        return parent + "[" + quote(name) + "]";
    }

    public static String element(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** Text from a document, safe to print: quoted, what a terminal would obey or hide text by escaped, long text cut. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int shown = Math.min(text.length(), NAME_SHOWN_MAX);
        for (int i = 0; i < shown; i++) {
            append(quoted, text.charAt(i));
        }
        return quoted.append(shown < text.length() ? "…\"" : "\"").toString();
    }

    private static void append(StringBuilder quoted, char c) {
        if (c == '"' || c == '\\') {
            quoted.append('\\').append(c);
        } else if (!Printable.isPlain(c)) {
            quoted.append("\\u").append(Character.forDigit(c >> 12, 16));
            quoted.append(Character.forDigit(c >> 8 & 15, 16));
            quoted.append(Character.forDigit(c >> 4 & 15, 16));
            quoted.append(Character.forDigit(c & 15, 16));
        } else {
            quoted.append(c);
        }
    }

    /** For every name of every document, so without a stream. */
    private static boolean isPlain(String name) {
        boolean plain = !name.isEmpty() && name.length() <= NAME_SHOWN_MAX;
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = c == '_' || c < 128 && Character.isLetterOrDigit(c);
        }
        return plain;
    }
}
