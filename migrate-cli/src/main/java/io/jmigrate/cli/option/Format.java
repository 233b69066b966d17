package io.jmigrate.cli.option;

/** How something that is listed is printed. */
public enum Format {
    TABLE,
    TEXT,
    JSON;

    /** @throws IllegalArgumentException unless it is {@code table} or {@code json} */
    public static Format ofTable(String text) {
        return one(text, TABLE);
    }

    /** @throws IllegalArgumentException unless it is {@code text} or {@code json} */
    public static Format ofText(String text) {
        return one(text, TEXT);
    }

    private static Format one(String text, Format other) {
        if (text.equals(Choice.word(JSON))) {
            return JSON;
        }
        if (text.equals(Choice.word(other))) {
            return other;
        }
        throw new IllegalArgumentException("\"" + text + "\" is none of " + Choice.word(other) + ", json");
    }
}
