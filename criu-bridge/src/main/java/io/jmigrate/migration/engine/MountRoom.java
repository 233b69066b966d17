package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.transfer.TreeRoom;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How much the files of an arriving container may take of this host's memory, altogether. The kernel is asked only when what has come since
 * it was asked last could be too much, if each page of it took a large one (tmpfs(5), huge).
 */
final class MountRoom implements TreeRoom {
    private static final long MIB = 1L << 20;
    private static final long LARGE_PAGE = 512;

    private final long bytesMax;
    private final List<FileStore> mounts = new ArrayList<>();
    private long free;
    private long unasked;
    private long attributes;

    /** @param bytesMax all there is, if it is Long.MAX_VALUE */
    MountRoom(long bytesMax) {
        this.bytesMax = bytesMax;
        this.free = bytesMax;
    }

    /** @param mount root of an empty filesystem @throws Failure PEER_REFUSED if it takes whatever comes, and may not */
    void add(Path mount) throws IOException {
        FileStore store = Files.getFileStore(mount);
        if (bytesMax < Long.MAX_VALUE && store.getTotalSpace() == 0) { // size=0: the kernel counts nothing
            throw Failure.of(
                    MigrationCode.PEER_REFUSED,
                    "a filesystem in memory of the container has no limit, which the destination does not let in");
        }
        mounts.add(store);
    }

    /** @throws Failure PEER_REFUSED if there is no room for them, if they are not written again */
    @Override
    public void content(long bytes) {
        take(bytes);
    }

    /** Never given back, since the kernel does not count them. @throws Failure PEER_REFUSED if there is no room for them */
    @Override
    public void attributes(long bytes) {
        if (bytes > 0) {
            take(bytes);
            attributes += bytes;
        }
    }

    private void take(long bytes) {
        if (bytes > unasked) {
            free = bytesMax - attributes - taken();
            unasked = free / LARGE_PAGE;
        }
        if (bytes > free) {
            throw Failure.of(
                    MigrationCode.PEER_REFUSED,
                    "files of the container in memory take more than " + bytesMax / MIB + " MiB, which it may have");
        }
        free -= bytes;
        unasked -= bytes;
    }

    private long taken() {
        try {
            long taken = 0;
            for (FileStore mount : mounts) {
                taken += mount.getTotalSpace() - mount.getUnallocatedSpace();
            }
            return taken;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
