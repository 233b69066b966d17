package io.jmigrate.pages.live;

import io.jmigrate.pages.PageTarget.SharedMemory;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An object of the kernel's that holds memory which processes share: shared anonymous memory, a memfd, or a segment of System V.
 *
 * @param memory as CRIU's images call it
 * @param file a way to it, as long as the process lives that has it mapped there
 */
public record SharedObject(SharedMemory memory, Path file) {
    public SharedObject {
        Objects.requireNonNull(memory);
        Objects.requireNonNull(file);
    }
}
