package io.jmigrate.runtime.network;

import io.jmigrate.runtime.launch.Launcher;
import java.util.List;

/**
 * Drops every packet that enters or leaves a network namespace, while its links, addresses and routes stay as they are: a segment
 * that arrives before its socket has been restored is lost, and sent again by its sender, instead of being answered with a reset.
 * The lock is a table of nftables, lives with the namespace and survives this process.
 */
public final class NetworkLock {
    private static final String TABLE = "inet jmigrate-lock";

    private final NetworkNamespace namespace;
    private final NetworkTool tool;

    public NetworkLock(NetworkNamespace namespace, Launcher launcher) {
        this.namespace = namespace;
        this.tool = new NetworkTool(launcher);
    }

    /** Nothing passes when this returns; locking twice is harmless. @throws Failure IO with what nft(8) said */
    public void lock() {
        tool.nftInside(
                namespace,
                "lock the container's network",
                List.of(
                        "add table " + TABLE,
                        "flush table " + TABLE,
                        "add chain " + TABLE + " in { type filter hook input priority -400; policy drop; }",
                        "add chain " + TABLE + " out { type filter hook output priority -400; policy drop; }"));
    }

    /** Traffic passes again; unlocking what isn't locked is harmless. @throws Failure IO with what nft(8) said */
    public void unlock() {
        tool.nftInside(
                namespace, "unlock the container's network", List.of("add table " + TABLE, "delete table " + TABLE));
    }
}
