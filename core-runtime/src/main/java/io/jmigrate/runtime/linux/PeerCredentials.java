package io.jmigrate.runtime.linux;

/** Who is at the other end of a Unix socket ({@code SO_PEERCRED}, unix(7)), at the time it connected. */
public record PeerCredentials(int pid, int uid, int gid) {}
