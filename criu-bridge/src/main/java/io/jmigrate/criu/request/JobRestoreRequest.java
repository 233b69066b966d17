package io.jmigrate.criu.request;

import io.jmigrate.pages.PageStore;
import io.jmigrate.runtime.container.StandardStreams;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A job to restore from an image directory.
 *
 * @param imageDirectory what a dump of a job wrote
 * @param workDirectory where the log and the statistics go; absent: the image directory
 * @param options what becomes of its connections, as at the dump
 * @param terms what is other than at the dump
 * @param streams take the place of the pipes and terminals that were its standard streams at the dump and led out of it
 * @param memory when it comes
 * @param pages where memory is that comes while the job runs; absent: the image directory. Closed when the restore has ended, however that was
 * @param newPids whether it gets a pid namespace of its own, so that its pids need not be free
 * @param pidFile where the first process's pid is written when the restore is complete
 */
public record JobRestoreRequest(
        Path imageDirectory,
        Optional<Path> workDirectory,
        TreeOptions options,
        RestoreTerms terms,
        StandardStreams streams,
        MemoryMode memory,
        Optional<PageStore> pages,
        boolean newPids,
        Optional<Path> pidFile)
        implements TreeRestoration {
    public JobRestoreRequest {
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(workDirectory);
        Objects.requireNonNull(options);
        Objects.requireNonNull(terms);
        Objects.requireNonNull(streams);
        Objects.requireNonNull(memory);
        Objects.requireNonNull(pages);
        Objects.requireNonNull(pidFile);
    }
}
