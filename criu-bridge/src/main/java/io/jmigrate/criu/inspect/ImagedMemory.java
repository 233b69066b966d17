package io.jmigrate.criu.inspect;

import java.util.Map;
import java.util.Objects;

/**
 * The memory of a process in a checkpoint.
 *
 * @param pid of the process
 * @param mappings how many it has
 * @param mappedBytes how many bytes they span, by kind; kinds that there are none of are left out
 * @param pages what the images say of its pages
 */
public record ImagedMemory(int pid, int mappings, Map<MappingKind, Long> mappedBytes, PageCounts pages) {
    public ImagedMemory {
        mappedBytes = Map.copyOf(mappedBytes);
        Objects.requireNonNull(pages);
    }
}
