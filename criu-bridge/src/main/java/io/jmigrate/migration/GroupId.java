package io.jmigrate.migration;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names containers that migrate together, at both ends.
 *
 * @param value 32 lower-case hexadecimal digits, random
 */
public record GroupId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public GroupId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a group's id has 32 hexadecimal digits");
        }
    }

    public static GroupId random() {
        return new GroupId(UUID.randomUUID().toString().replace("-", ""));
    }

    /** What a message says. @param text empty for none @throws IllegalArgumentException if it is neither */
    public static Optional<GroupId> ofText(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new GroupId(text));
    }

    @Override
    public String toString() {
        return value;
    }
}
