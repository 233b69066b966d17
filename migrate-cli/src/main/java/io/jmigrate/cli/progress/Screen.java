package io.jmigrate.cli.progress;

import java.io.PrintStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Where progress is shown.
 *
 * @param out for events and results
 * @param err for what a person reads meanwhile
 * @param columns how wide {@code err} is at this moment; empty if it is no terminal on which lines can be drawn anew
 * @param styled whether the terminal may be asked for bold letters
 */
public record Screen(PrintStream out, PrintStream err, Optional<IntSupplier> columns, boolean styled) {
    public Screen {
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        Objects.requireNonNull(columns);
    }
}
