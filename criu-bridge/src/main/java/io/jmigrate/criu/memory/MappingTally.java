package io.jmigrate.criu.memory;

import io.jmigrate.criu.inspect.ImagedMapping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the pages of one mapping. */
final class MappingTally {
    private final ImagedMapping mapping;
    private final long cellBytes;
    private final long[][] cells;
    private final Map<PageState, Long> pages = new EnumMap<>(PageState.class);
    private long sampledBytes;
    private long compressedBytes;

    /** @param cellsMax into how many parts the mapping is divided at most */
    MappingTally(ImagedMapping mapping, int cellsMax) {
        this.mapping = mapping;
        long all = Math.ceilDiv(Math.max(mapping.bytes(), 1), MemoryPass.PAGE_BYTES);
        int count = (int) Math.min(cellsMax, all);
        cellBytes = Math.ceilDiv(all, count) * MemoryPass.PAGE_BYTES;
        cells = new long[count][PageState.values().length];
    }

    /** @param count pages from {@code address} on, all of which are in the mapping */
    void add(long address, long count, PageState state) {
        pages.merge(state, count, Long::sum);
        long last = address + (count - 1) * MemoryPass.PAGE_BYTES;
        for (int cell = cell(address); cell <= cell(last); cell++) {
            long start = Math.max(address, mapping.start() + cell * cellBytes);
            long end = Math.min(last + MemoryPass.PAGE_BYTES, mapping.start() + (cell + 1) * cellBytes);
            cells[cell][state.ordinal()] += (end - start) / MemoryPass.PAGE_BYTES;
        }
    }

    private int cell(long address) {
        return (int) Math.min((address - mapping.start()) / cellBytes, cells.length - 1);
    }

    void sample(long bytes, long compressed) {
        sampledBytes += bytes;
        compressedBytes += compressed;
    }

    SurveyedMapping result() {
        List<Optional<PageState>> states = new ArrayList<>();
        for (long[] cell : cells) {
            states.add(mostOf(cell));
        }
        return new SurveyedMapping(mapping, pages, sampledBytes, compressedBytes, states);
    }

    private static Optional<PageState> mostOf(long[] cell) {
        Optional<PageState> most = Optional.empty();
        for (PageState state : PageState.values()) {
            long count = cell[state.ordinal()];
            if (count > 0 && count > most.map(other -> cell[other.ordinal()]).orElse(0L)) {
                most = Optional.of(state);
            }
        }
        return most;
    }
}
