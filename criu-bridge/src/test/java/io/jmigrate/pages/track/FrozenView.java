package io.jmigrate.pages.track;

import io.jmigrate.pages.PageRun;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The memory of no file of a process that stands still, by a way of its own (proc_pid_maps(5), proc_pid_pagemap(5), proc_pid_mem(5)). */
record FrozenView(ProcessRef process) {
    private static final long PRESENT_OR_SWAPPED = 3L << 62;
    private static final long OF_FILE_OR_SHARED = 1L << 61;
    private static final long GUARD = 1L << 58;
    private static final int PAGE = PageRun.PAGE_BYTES;

    /** What differs, and how much was compared. */
    record Comparison(long pages, List<String> differences) {}

    Comparison compare(SparseStore store) throws IOException {
        List<String> differences = new ArrayList<>();
        long compared = 0;
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + process.pid() + "/mem", "r");
                RandomAccessFile pagemap = new RandomAccessFile("/proc/" + process.pid() + "/pagemap", "r")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/maps"))) {
                String[] fields = line.split("\\s+", 6);
                String name = fields.length > 5 ? fields[5] : "";
                if (fields[1].endsWith("p") && !name.startsWith("[v") && !name.startsWith("/")) {
                    String[] range = fields[0].split("-");
                    long start = Long.parseUnsignedLong(range[0], 16);
                    compared += compare(
                            start, Long.parseUnsignedLong(range[1], 16), memory, pagemap, store, line, differences);
                }
            }
        }
        return new Comparison(compared, differences);
    }

    private static long compare(
            long start,
            long end,
            RandomAccessFile memory,
            RandomAccessFile pagemap,
            SparseStore store,
            String mapping,
            List<String> differences)
            throws IOException {
        byte[] entries = new byte[Math.toIntExact((end - start) / PAGE * Long.BYTES)];
        pagemap.seek(start / PAGE * Long.BYTES);
        pagemap.readFully(entries);
        ByteBuffer flags = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
        byte[] page = new byte[PAGE];
        long compared = 0;
        for (long address = start; address < end; address += PAGE) {
            long entry = flags.getLong();
            if ((entry & PRESENT_OR_SWAPPED) == 0 || (entry & (OF_FILE_OR_SHARED | GUARD)) != 0) {
                continue;
            }
            memory.seek(address);
            memory.readFully(page);
            compared++;
            if (!Arrays.equals(page, store.page(address))) {
                differences.add("0x" + Long.toHexString(address) + " of " + mapping);
            }
        }
        return compared;
    }
}
