package io.jmigrate.criu.request;

/**
 * What a tree may have that CRIU handles only when told to. A dump and the restore of its images take the same.
 *
 * @param tcpEstablished established TCP connections, kept
 * @param fileLocks file locks held by processes of the tree
 * @param shellJob a root that doesn't lead its session
 */
public record TreeOptions(boolean tcpEstablished, boolean fileLocks, boolean shellJob) {
    /** None of it. */
    public static final TreeOptions NONE = new TreeOptions(false, false, false);

    public TreeOptions withTcpEstablished(boolean wanted) {
        return new TreeOptions(wanted, fileLocks, shellJob);
    }

    public TreeOptions withFileLocks(boolean wanted) {
        return new TreeOptions(tcpEstablished, wanted, shellJob);
    }

    public TreeOptions withShellJob(boolean wanted) {
        return new TreeOptions(tcpEstablished, fileLocks, wanted);
    }
}
