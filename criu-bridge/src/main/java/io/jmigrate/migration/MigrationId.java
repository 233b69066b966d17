package io.jmigrate.migration;

import io.jmigrate.runtime.failure.Failure;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one migration at both of its ends.
 *
 * @param value 32 lower-case hexadecimal digits, random
 */
public record MigrationId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public MigrationId {
        if (!isOne(value)) {
            throw Failure.of(MigrationCode.JOURNAL, "a migration's id has 32 hexadecimal digits");
        }
    }

    /** Whether this is the form of one. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    public static MigrationId random() {
        return new MigrationId(UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
