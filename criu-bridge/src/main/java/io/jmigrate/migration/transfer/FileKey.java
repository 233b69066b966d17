package io.jmigrate.migration.transfer;

/** Which file it is, whatever its names. */
public record FileKey(long device, long inode) {}
