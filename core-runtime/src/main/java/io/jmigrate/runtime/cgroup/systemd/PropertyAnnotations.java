package io.jmigrate.runtime.cgroup.systemd;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Properties of the unit that a config asks for with annotations {@code org.systemd.property.NAME}, as runC takes them: the value is in
 * GVariant's text form, and a property that systemd's manual pages call {@code …Sec} is given in seconds.
 */
final class PropertyAnnotations {
    private static final String PREFIX = "org.systemd.property.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z]{3,}");
    private static final Pattern SECONDS = Pattern.compile(".*[a-z]Sec");
    private static final long MICROS_A_SECOND = 1_000_000;

    private PropertyAnnotations() {}

    /** In the order of their names. @throws Failure INVALID_CONFIG */
    static List<UnitProperty> of(Map<String, String> annotations) {
        return annotations.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> property(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static UnitProperty property(String annotation, String text) {
        String name = annotation.substring(PREFIX.length());
        if (!NAME.matcher(name).matches()) {
            throw invalid(annotation, "names no property of systemd");
        }
        UnitProperty property = VariantText.parse(name, text)
                .orElseThrow(() -> invalid(annotation, "is no value in GVariant's text form: " + JsonPath.quote(text)));
        return SECONDS.matcher(name).matches() ? inMicros(annotation, property) : property;
    }

    private static UnitProperty inMicros(String annotation, UnitProperty seconds) {
        String name = seconds.name().substring(0, seconds.name().length() - "Sec".length()) + "USec";
        return switch (seconds.value()) {
            case Long number -> UnitProperty.number(name, number * MICROS_A_SECOND);
            case Double number -> UnitProperty.number(name, (long) (number * MICROS_A_SECOND));
            default -> throw invalid(annotation, "is not a number of seconds");
        };
    }

    private static Failure invalid(String annotation, String what) {
        return Failure.of(RuntimeCode.INVALID_CONFIG, JsonPath.child("$.annotations", annotation) + " " + what);
    }
}
