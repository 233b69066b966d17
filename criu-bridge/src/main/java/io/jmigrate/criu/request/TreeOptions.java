package io.jmigrate.criu.request;

/**
 * What a tree may have that CRIU handles only when told to. A dump and the restore of its images take the same.
 *
 * @param tcpEstablished established TCP connections, kept
 * @param tcpSkipInFlight TCP connections that nobody has accepted yet, lost
 * @param fileLocks file locks held by processes of the tree
 * @param linkRemap open files that were deleted under the name by which they were opened and have another one, kept by a new name until
 *     the restore
 * @param shellJob a root that doesn't lead its session
 */
public record TreeOptions(
        boolean tcpEstablished, boolean tcpSkipInFlight, boolean fileLocks, boolean linkRemap, boolean shellJob) {
    /** None of it. */
    public static final TreeOptions NONE = new TreeOptions(false, false, false, false, false);

    public TreeOptions withTcpEstablished(boolean wanted) {
        return new TreeOptions(wanted, tcpSkipInFlight, fileLocks, linkRemap, shellJob);
    }

    public TreeOptions withTcpSkipInFlight(boolean wanted) {
        return new TreeOptions(tcpEstablished, wanted, fileLocks, linkRemap, shellJob);
    }

    public TreeOptions withFileLocks(boolean wanted) {
        return new TreeOptions(tcpEstablished, tcpSkipInFlight, wanted, linkRemap, shellJob);
    }

    public TreeOptions withLinkRemap(boolean wanted) {
        return new TreeOptions(tcpEstablished, tcpSkipInFlight, fileLocks, wanted, shellJob);
    }

    public TreeOptions withShellJob(boolean wanted) {
        return new TreeOptions(tcpEstablished, tcpSkipInFlight, fileLocks, linkRemap, wanted);
    }
}
