package io.jmigrate.criu.request;

import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * CRIU's verb dump, in mapped form.
 *
 * @param pid of the tree's root
 * @param imageDirectory open here
 * @param workDirectory open here
 * @param logFile name of the log in the work directory, else in the image directory
 * @param root the tree's root filesystem on the host; absent: the host's own
 * @param options what becomes of its connections
 * @param terms how it goes if not in the usual way
 * @param configFile open here; what it says counts more than all else
 * @param shellJob whether the root doesn't lead its session
 * @param leaveRunning whether a success leaves the tree running
 * @param externals what isn't dumped (criu(8), {@code --external})
 * @param emptyNetwork whether the network namespace is dumped without what is in it and made anew, empty, by a restore
 * @param freezer the cgroup directory by which the tree is frozen in one go
 * @param cgroups whether CRIU dumps the cgroups of the tree; else it is to be restored in CRIU's own
 * @param hierarchies those of cgroups that the tree has a cgroup of its own in, as proc_pid_cgroup(5) names them; CRIU passes over
 *     the others
 * @param locksNetwork whether CRIU locks the network of the tree
 * @param memory where the tree's memory goes
 */
public record DumpRequest(
        int pid,
        Fd imageDirectory,
        Optional<Fd> workDirectory,
        String logFile,
        Optional<Path> root,
        TreeOptions options,
        DumpTerms terms,
        Optional<Fd> configFile,
        boolean shellJob,
        boolean leaveRunning,
        List<String> externals,
        boolean emptyNetwork,
        Optional<Path> freezer,
        boolean cgroups,
        List<String> hierarchies,
        boolean locksNetwork,
        Memory memory) {
    /** What a deleted file that is open may hold: CRIU's 1 MiB is less than a database's temporary files. */
    public static final int DELETED_FILE_BYTES_MAX = 256 << 20;

    public DumpRequest {
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(workDirectory);
        Objects.requireNonNull(logFile);
        Objects.requireNonNull(root);
        Objects.requireNonNull(options);
        Objects.requireNonNull(terms);
        Objects.requireNonNull(configFile);
        externals = List.copyOf(externals);
        Objects.requireNonNull(freezer);
        hierarchies = List.copyOf(hierarchies);
        Objects.requireNonNull(memory);
    }

    /** Where memory goes. */
    public sealed interface Memory {
        /** Into the images. */
        record InImages() implements Memory {}

        /** To whoever is at a socket. @param number of the descriptor in CRIU's process */
        record ToPageServer(int number) implements Memory {}

        /**
         * Private memory stays where it is, and the tree stands still until that socket is at its end which the configuration file names.
         */
        record LeftInTree() implements Memory {}
    }
}
