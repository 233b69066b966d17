package io.jmigrate.criu.request;

import io.jmigrate.criu.mapping.Inherited;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * CRIU's verb restore, in mapped form. The tree becomes a sibling of CRIU's process.
 *
 * @param imageDirectory open here
 * @param workDirectory open here
 * @param logFile name of the log in the work directory, else in the image directory
 * @param root the root filesystem, a mount point; absent: the host's own
 * @param options what becomes of its connections, as at the dump
 * @param terms what is other than at the dump
 * @param configFile open here; what it says counts more than all else
 * @param shellJob whether the root didn't lead its session
 * @param externals where external mounts come from
 * @param emptyNetwork whether CRIU makes the network namespace, as it was said at the dump
 * @param inherited descriptors that stand for external things
 * @param cgroupRoots controllers to the path that takes the place of the dumped root, as /proc/PID/cgroup has both
 * @param lazy whether memory that may come later is left to who listens in the work directory
 * @param cgroups whether the images say which cgroups the tree was in; else it is restored in CRIU's own
 */
public record TreeRestoreRequest(
        Fd imageDirectory,
        Optional<Fd> workDirectory,
        String logFile,
        Optional<Path> root,
        TreeOptions options,
        RestoreTerms terms,
        Optional<Fd> configFile,
        boolean shellJob,
        List<String> externals,
        boolean emptyNetwork,
        List<Inherited> inherited,
        Map<String, String> cgroupRoots,
        boolean lazy,
        boolean cgroups) {
    public TreeRestoreRequest {
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(workDirectory);
        Objects.requireNonNull(logFile);
        Objects.requireNonNull(root);
        Objects.requireNonNull(options);
        Objects.requireNonNull(terms);
        Objects.requireNonNull(configFile);
        externals = List.copyOf(externals);
        inherited = List.copyOf(inherited);
        cgroupRoots = Map.copyOf(cgroupRoots);
    }
}
