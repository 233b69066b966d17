package io.jmigrate.criu.request;

/**
 * What becomes of TCP connections. All else that CRIU handles only when told to (established connections, file locks, files with
 * another name than that of their opening, a root that doesn't lead its session) is kept always: it costs nothing where it isn't there.
 * A dump and the restore of its images take the same.
 *
 * @param tcpClose connections are closed in the restored tree, and nobody is told of their end
 * @param tcpSkipInFlight connections that nobody has accepted yet are lost
 */
public record TreeOptions(boolean tcpClose, boolean tcpSkipInFlight) {
    /** All connections are kept, and a dump with one that can't be fails. */
    public static final TreeOptions NONE = new TreeOptions(false, false);

    public TreeOptions withTcpClose(boolean wanted) {
        return new TreeOptions(wanted, tcpSkipInFlight);
    }

    public TreeOptions withTcpSkipInFlight(boolean wanted) {
        return new TreeOptions(tcpClose, wanted);
    }
}
