package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans this process. */
class PagemapScanTest {
    private static final int PAGE = 4096;
    private static final int PAGES = 12_000; // of which every other one makes more runs than one step gives

    @BeforeEach
    void needsTheCall() {
        assumeTrue(KernelProbe.pagemapScan(), "this kernel does not have PAGEMAP_SCAN");
    }

    @Test
    void findsEveryPageOnceAndInOrder(@TempDir Path directory) throws IOException {
        try (Arena arena = Arena.ofConfined();
                PagemapScan scan = PagemapScan.of(Path.of("/proc/self/pagemap"));
                FileChannel file = FileChannel.open(
                        directory.resolve("file"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            MemorySegment memory = file.map(FileChannel.MapMode.PRIVATE, 0, (long) PAGES * PAGE, arena);
            for (int page = 0; page < PAGES; page += 2) {
                memory.set(ValueLayout.JAVA_BYTE, (long) page * PAGE, (byte) 1);
            }
            List<Long> found = new ArrayList<>();
            long end = memory.address() + memory.byteSize();
            long from = memory.address();
            while (from < end) {
                long next = scan.step(from, end, PagemapScan.Choice.OWN, (start, stop) -> {
                    for (long page = start; page < stop; page += PAGE) {
                        found.add((page - memory.address()) / PAGE);
                    }
                });
                assertThat(next).isGreaterThan(from);
                from = next;
            }

            assertThat(found).isSorted().doesNotHaveDuplicates().hasSize(PAGES / 2);
        }
    }

    @Test
    void memoryThatIsNotRegisteredIsNotScannedForWrites() {
        try (Arena arena = Arena.ofConfined();
                PagemapScan scan = PagemapScan.of(Path.of("/proc/self/pagemap"))) {
            MemorySegment memory = arena.allocate(PAGE, PAGE);

            assertThatThrownBy(() -> scan.step(
                            memory.address(), memory.address() + PAGE, PagemapScan.Choice.WRITTEN_ANEW, (_, _) -> {}))
                    .isInstanceOfSatisfying(LinuxException.class, failure -> assertThat(failure.errno())
                            .isEqualTo(Errno.EPERM));
        }
    }
}
