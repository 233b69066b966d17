package io.jmigrate.criu.request;

import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of that in a tree which reaches out of it. All else that CRIU handles only when told to (established connections, file
 * locks, files with another name than that of their opening, a root that doesn't lead its session) is kept always: it costs nothing
 * where it isn't there. A dump and the restore of its images take the same.
 *
 * @param tcpClose connections are closed in the restored tree, and nobody is told of their end
 * @param tcpSkipInFlight connections that nobody has accepted yet are lost
 * @param externalUnixSockets sockets that send datagrams to a Unix socket outside of the tree are connected to it again
 * @param cgroups what is done about cgroups; absent: {@link CgroupMode#SOFT}, or nothing where the images tell of none
 */
public record TreeOptions(
        boolean tcpClose, boolean tcpSkipInFlight, boolean externalUnixSockets, Optional<CgroupMode> cgroups) {
    /** All connections are kept, and a dump with one that can't be fails. */
    public static final TreeOptions NONE = new TreeOptions(false, false, false, Optional.empty());

    public TreeOptions {
        Objects.requireNonNull(cgroups);
    }

    public TreeOptions withTcpClose(boolean wanted) {
        return new TreeOptions(wanted, tcpSkipInFlight, externalUnixSockets, cgroups);
    }

    public TreeOptions withTcpSkipInFlight(boolean wanted) {
        return new TreeOptions(tcpClose, wanted, externalUnixSockets, cgroups);
    }

    public TreeOptions withExternalUnixSockets(boolean wanted) {
        return new TreeOptions(tcpClose, tcpSkipInFlight, wanted, cgroups);
    }

    public TreeOptions withCgroups(CgroupMode wanted) {
        return new TreeOptions(tcpClose, tcpSkipInFlight, externalUnixSockets, Optional.of(wanted));
    }
}
