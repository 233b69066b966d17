package io.jmigrate.runtime.cgroup.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values in GVariant's text form (GLib, "GVariant Text Format"), as far as properties of units need it: {@code true}, numbers with or
 * without their type before them ({@code uint64 5}, {@code @t 5}), quoted texts and lists of texts.
 */
final class VariantText {
    private static final String TEXT = "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern QUOTED = Pattern.compile(TEXT);
    private static final Pattern LIST =
            Pattern.compile("(?:@as\\s*)?\\[\\s*((?:" + TEXT + ")(?:\\s*,\\s*(?:" + TEXT + "))*)?\\s*]");
    private static final Pattern NUMBER = Pattern.compile("(?:(@?[a-z]+\\d*)\\s+)?([+-]?\\d+(?:\\.\\d+)?)");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("byte", "y"),
            Map.entry("int16", "n"),
            Map.entry("uint16", "q"),
            Map.entry("int32", "i"),
            Map.entry("uint32", "u"),
            Map.entry("int64", "x"),
            Map.entry("uint64", "t"),
            Map.entry("double", "d"));

    private VariantText() {}

    /** Empty for a text of another form. */
    static Optional<UnitProperty> parse(String name, String text) {
        String value = text.strip();
        if (value.equals("true") || value.equals("false")) {
            return Optional.of(UnitProperty.flag(name, Boolean.parseBoolean(value)));
        }
        if (QUOTED.matcher(value).matches()) {
            return Optional.of(UnitProperty.text(name, unquoted(value)));
        }
        Matcher list = LIST.matcher(value);
        if (list.matches()) {
            return Optional.of(UnitProperty.texts(name, texts(list.group(1)).toArray(String[]::new)));
        }
        return number(name, value);
    }

    private static List<String> texts(String members) {
        List<String> texts = new ArrayList<>();
        if (members != null) {
            QUOTED.matcher(members).results().forEach(found -> texts.add(unquoted(found.group())));
        }
        return texts;
    }

    private static String unquoted(String quoted) {
        return quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private static Optional<UnitProperty> number(String name, String value) {
        Matcher number = NUMBER.matcher(value);
        if (!number.matches()) {
            return Optional.empty();
        }
        boolean fraction = number.group(2).contains(".");
        String given = Optional.ofNullable(number.group(1)).orElse(fraction ? "double" : "int32");
        String type = TYPES.getOrDefault(given, given.startsWith("@") ? given.substring(1) : "");
        if (!TYPES.containsValue(type) || fraction && !type.equals("d")) {
            return Optional.empty();
        }
        return type.equals("d")
                ? Optional.of(new UnitProperty(name, type, Double.valueOf(number.group(2))))
                : integer(number.group(2)).map(integer -> new UnitProperty(name, type, integer));
    }

    private static Optional<Long> integer(String digits) {
        try {
            return Optional.of(digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
