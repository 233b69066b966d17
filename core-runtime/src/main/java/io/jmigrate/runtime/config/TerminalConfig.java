package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.ConsoleSizeSpec;
import io.jmigrate.runtime.spec.ProcessSpec;
import java.util.Optional;

/**
 * A terminal of a process's own.
 *
 * @param rows of its window, up to 65535; 0, as for a new terminal of the kernel's, if nothing is known
 * @param columns likewise
 */
public record TerminalConfig(int rows, int columns) {
    /** Of a size that whoever gets the master may say. */
    public static final TerminalConfig UNSIZED = new TerminalConfig(0, 0);

    static Optional<TerminalConfig> resolve(ProcessSpec spec) {
        return spec.terminal()
                ? Optional.of(spec.consoleSize().map(TerminalConfig::of).orElse(UNSIZED))
                : Optional.empty();
    }

    private static TerminalConfig of(ConsoleSizeSpec size) {
        return new TerminalConfig((int) size.height(), (int) size.width());
    }
}
