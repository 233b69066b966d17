package io.jmigrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Pages of 2 MiB that a host sets aside for as long as a test takes (hugetlbpage.rst), beyond those that it has. One test at a time has
 * some, of all tests of this host: what is left behind would be taken by programs that nobody expects to.
 */
public final class HugePages implements AutoCloseable {
    private static final Path POOL = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages");

    /** A file of the host's that nothing here reads or writes: whoever closes a file gives up this process's locks on it (fcntl(2)). */
    private static final Path LOCK = POOL.resolveSibling("nr_overcommit_hugepages");

    private final FileChannel lock;
    private final int before;

    private HugePages(FileChannel lock, int before) {
        this.lock = lock;
        this.before = before;
    }

    /** Waits for its turn; the test is skipped where the host has no such pages, or no room for them. */
    public static HugePages take(int pages) throws IOException {
        assumeTrue(Files.isWritable(POOL), "this host has no huge pages, or lets nobody set some aside");
        FileChannel lock = FileChannel.open(LOCK, StandardOpenOption.WRITE);
        try {
            lock.lock(); // until it is closed
            HugePages taken = new HugePages(lock, size());
            taken.grow(pages);
            return taken;
        } catch (Throwable e) {
            try (lock) {
                throw e;
            }
        }
    }

    private void grow(int pages) throws IOException {
        try {
            set(before + pages);
            assumeTrue(size() == before + pages, "this host has no room for more huge pages now");
        } catch (Throwable e) {
            set(before);
            throw e;
        }
    }

    private static int size() throws IOException {
        return Integer.parseInt(Files.readString(POOL).strip());
    }

    private static void set(int pages) throws IOException {
        Files.writeString(POOL, Integer.toString(pages));
    }

    /** Pages that are still in use, of a process that is just ending, are given back when they are free. */
    @Override
    public void close() throws IOException {
        try (lock) {
            await().untilAsserted(() -> {
                set(before);
                assertThat(size()).isEqualTo(before);
            });
        }
    }
}
