package io.jmigrate.runtime.container;

import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link ExecInContainer} needs.
 *
 * @param id the container
 * @param process what to execute
 * @param streams for it, unless it has a terminal of its own
 * @param console who gets the master of that terminal
 * @param pidFile where its pid is written, as decimal text without a line end
 * @param pidfdSocket where somebody listens for a descriptor of the process (pidfd_open(2))
 * @param preservedDescriptors further descriptors for it, which become 3, 4, … in it
 * @param subCgroups below the container's, {@code [CONTROLLER[,CONTROLLER]:]CGROUP}, that it joins in its place; they must exist
 * @param ignoresPaused whether it may be executed in a paused container, where it waits until that is resumed
 * @param detached whether its end is left to whoever inherits it when the launcher's process has ended; the launcher must have
 *     nothing else to start
 */
public record ExecRequest(
        ContainerId id,
        ExecProcess process,
        StandardStreams streams,
        Console console,
        Optional<Path> pidFile,
        Optional<Path> pidfdSocket,
        List<Fd> preservedDescriptors,
        List<String> subCgroups,
        boolean ignoresPaused,
        boolean detached) {
    public ExecRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(process);
        Objects.requireNonNull(streams);
        Objects.requireNonNull(console);
        Objects.requireNonNull(pidFile);
        Objects.requireNonNull(pidfdSocket);
        subCgroups = List.copyOf(subCgroups);
        preservedDescriptors = List.copyOf(preservedDescriptors);
    }

    /** Without terminal, pid file and further descriptors, not detached. */
    public static ExecRequest of(ContainerId id, ExecProcess process, StandardStreams streams) {
        return new ExecRequest(
                id,
                process,
                streams,
                Console.none(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                false);
    }
}
