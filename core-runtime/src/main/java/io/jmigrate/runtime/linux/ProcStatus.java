package io.jmigrate.runtime.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code /proc/PID/status} (proc_pid_status(5)): fields by their names.
 *
 * @param text of the file
 */
public record ProcStatus(String text) {
    /** @throws IOException if there is no such process, or it may not be looked at */
    public static ProcStatus read(Path file) throws IOException {
        return new ProcStatus(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /** What stands behind the name and its colon; empty if the kernel doesn't tell it. */
    public Optional<String> field(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** A set of capabilities, such as {@code CapEff}, as bits. */
    public Optional<Long> mask(String name) {
        return field(name).map(mask -> Long.parseUnsignedLong(mask, 16));
    }
}
