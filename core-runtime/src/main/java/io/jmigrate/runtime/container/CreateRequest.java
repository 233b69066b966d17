package io.jmigrate.runtime.container;

import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.plan.RootEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link CreateContainer} needs.
 *
 * @param id must be free below the runtime root
 * @param bundle directory with config.json
 * @param streams for the container's init, unless it has a terminal of its own
 * @param console who gets the master of that terminal
 * @param pidFile where the init's pid is written, as decimal text without a line end
 * @param pidfdSocket where somebody listens for a descriptor of the process (pidfd_open(2))
 * @param rootEntry how it comes into its root filesystem
 * @param keepsKeyring whether the container keeps the caller's session keyring, with the keys in it
 * @param preservedDescriptors further descriptors for the init, which become 3, 4, … in it
 * @param listenDescriptors how many of these, the first, the init is told of as those of a socket activation (sd_listen_fds(3))
 */
public record CreateRequest(
        ContainerId id,
        Path bundle,
        StandardStreams streams,
        Console console,
        Optional<Path> pidFile,
        Optional<Path> pidfdSocket,
        RootEntry rootEntry,
        boolean keepsKeyring,
        List<Fd> preservedDescriptors,
        int listenDescriptors) {
    public CreateRequest {
        Objects.requireNonNull(id);
        bundle = bundle.toAbsolutePath().normalize();
        Objects.requireNonNull(streams);
        Objects.requireNonNull(console);
        Objects.requireNonNull(pidFile);
        Objects.requireNonNull(pidfdSocket);
        Objects.requireNonNull(rootEntry);
        preservedDescriptors = List.copyOf(preservedDescriptors);
    }

    /** Without terminal, pid file and further descriptors, with a keyring of its own. */
    public static CreateRequest of(ContainerId id, Path bundle, StandardStreams streams) {
        return new CreateRequest(
                id,
                bundle,
                streams,
                Console.none(),
                Optional.empty(),
                Optional.empty(),
                RootEntry.PIVOT,
                false,
                List.of(),
                0);
    }
}
