package io.jmigrate.pages;

import io.jmigrate.runtime.linux.Fd;
import java.util.Objects;

/**
 * Pages that lie in a file one after the other.
 *
 * @param run which pages
 * @param file open for reading, as long as the store that names it
 * @param offset of the first byte in the file
 */
public record StoredRun(PageRun run, Fd file, long offset) {
    public StoredRun {
        Objects.requireNonNull(run);
        Objects.requireNonNull(file);
    }
}
