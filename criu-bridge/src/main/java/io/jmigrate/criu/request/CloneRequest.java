package io.jmigrate.criu.request;

import io.jmigrate.pages.PageStore;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.StandardStreams;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Containers to restore from one image directory.
 *
 * @param containers must all be free below the runtime root
 * @param bundle of all
 * @param imageDirectory what a dump wrote
 * @param logs where CRIU's logs go, a directory for each container
 * @param options as for each restore
 * @param streams of all
 * @param memory when it comes
 * @param terms of all
 * @param pages where memory is that comes while they run; the caller closes it, when all have it
 */
public record CloneRequest(
        List<ContainerId> containers,
        Path bundle,
        Path imageDirectory,
        Path logs,
        TreeOptions options,
        StandardStreams streams,
        MemoryMode memory,
        RestoreTerms terms,
        PageStore pages) {
    public CloneRequest {
        containers = List.copyOf(containers);
        Objects.requireNonNull(bundle);
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(logs);
        Objects.requireNonNull(options);
        Objects.requireNonNull(streams);
        Objects.requireNonNull(memory);
        Objects.requireNonNull(terms);
        Objects.requireNonNull(pages);
    }
}
