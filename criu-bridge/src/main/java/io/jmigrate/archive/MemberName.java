package io.jmigrate.archive;

/** Names from an archive as messages show them. */
final class MemberName {
    private static final int SHOWN_CHARS_MAX = 100;

    private MemberName() {}

    /** Quoted, cut, and with nothing in it that a terminal would obey. */
    static String printable(String name) {
        String cut = name.length() <= SHOWN_CHARS_MAX ? name : name.substring(0, SHOWN_CHARS_MAX) + "…";
        StringBuilder shown = new StringBuilder("\"");
        cut.codePoints()
                .map(point ->
                        Character.isISOControl(point) || point == '"' || Character.getType(point) == Character.FORMAT
                                ? '?'
                                : point)
                .forEach(shown::appendCodePoint);
        return shown.append('"').toString();
    }
}
