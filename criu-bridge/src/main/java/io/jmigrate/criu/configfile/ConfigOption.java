package io.jmigrate.criu.configfile;

import java.util.Objects;
import java.util.Optional;

/**
 * One option of a file.
 *
 * @param name without dashes, for example {@code tcp-close}
 * @param value as it was written, without quotation marks
 * @param line where it stands, from 1
 */
public record ConfigOption(String name, Optional<String> value, int line) {
    public ConfigOption {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
    }

    /** As CRIU reads it. */
    String statement() {
        return value.map(text -> name + " \"" + text.replace("\"", "\\\"") + "\"")
                .orElse(name);
    }
}
