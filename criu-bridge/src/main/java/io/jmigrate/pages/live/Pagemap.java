package io.jmigrate.pages.live;

import io.jmigrate.pages.PageRun;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Read word for word (proc_pid_pagemap(5)), as older kernels have it. */
final class Pagemap implements OwnPages {
    private static final int ENTRY_BYTES = Long.BYTES;
    private static final int BUFFER_BYTES = 1 << 18; // entries for 128 MiB
    private static final long PRESENT = 1L << 63;
    private static final long SWAPPED = 1L << 62;
    private static final long OF_FILE_OR_SHARED = 1L << 61;

    private final Fd file;
    private final ByteBuffer entries = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());

    Pagemap(int pid) {
        this.file = Descriptors.open(Path.of("/proc/" + pid + "/pagemap"));
    }

    @Override
    public void in(AddressRange range, Consumer<AddressRange> runs) {
        long from = range.start();
        while (from < range.end()) {
            long wanted = Math.min(BUFFER_BYTES, (range.end() - from) / PageRun.PAGE_BYTES * ENTRY_BYTES);
            entries.clear().limit((int) wanted);
            if (Descriptors.pread(file, entries, from / PageRun.PAGE_BYTES * ENTRY_BYTES) <= 0) {
                return; // no memory any more
            }
            from = report(from, entries.flip(), runs);
        }
    }

    private static long report(long from, ByteBuffer entries, Consumer<AddressRange> runs) {
        long address = from;
        long start = from;
        boolean within = false;
        while (entries.remaining() >= ENTRY_BYTES) {
            boolean own = isOwn(entries.getLong());
            if (within && !own) {
                runs.accept(new AddressRange(start, address));
            }
            if (own && !within) {
                start = address;
            }
            within = own;
            address += PageRun.PAGE_BYTES;
        }
        if (within) {
            runs.accept(new AddressRange(start, address));
        }
        return address;
    }

    private static boolean isOwn(long entry) {
        return (entry & (PRESENT | SWAPPED)) != 0 && (entry & OF_FILE_OR_SHARED) == 0;
    }

    @Override
    public void close() {
        file.close();
    }
}
