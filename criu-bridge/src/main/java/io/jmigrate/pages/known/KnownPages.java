package io.jmigrate.pages.known;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.kept.PageName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where somebody who gets pages one after the other has which content: of the pages that went lately, at most {@link #PLACES_MAX}.
 *
 * <p>Contents are told apart by their names, of which no program can make two that are the same.
 */
public final class KnownPages {
    /** Each takes some 30 bytes. */
    static final int PLACES_MAX = 1 << 19;

    private static final int PAGES_A_CHUNK = 512;
    /** Of 2 KiB each. Programs that strew their pages over more of them have all forgotten. */
    static final int CHUNKS_MAX = 1 << 14;

    private final long[] high = new long[PLACES_MAX];
    private final long[] low = new long[PLACES_MAX];
    private final long[] addresses = new long[PLACES_MAX];
    private final ProcessMemory[] processes = new ProcessMemory[PLACES_MAX];
    private final Map<ProcessMemory, Map<Long, int[]>> slots = new HashMap<>();
    private int chunks;
    /** Pages come in rows: the chunk of one is mostly that of the next, and need not be looked for. */
    private Chunk last = Chunk.NONE;

    private record Chunk(ProcessMemory process, long at, int[] slots) {
        static final Chunk NONE = new Chunk(null, 0, null);

        boolean isOf(Place place) {
            return process == place.process() && at == number(place);
        }
    }

    /** A page of a process. @param address its first byte's */
    public record Place(ProcessMemory process, long address) {}

    /**
     * A page is to go, and counts as gone from now on.
     *
     * @param page the name of what it holds
     * @return where the same went before and is still; perhaps at the page's own place
     */
    public Optional<Place> goes(Place place, PageName page) {
        int slot = (int) page.low() & (PLACES_MAX - 1);
        if (processes[slot] != null && high[slot] == page.high() && low[slot] == page.low()) {
            Place same = new Place(processes[slot], addresses[slot]);
            if (!same.equals(place)) {
                overwritten(place);
            }
            return Optional.of(same);
        }
        overwritten(place);
        makeRoom(place);
        high[slot] = page.high();
        low[slot] = page.low();
        addresses[slot] = place.address();
        processes[slot] = place.process();
        chunk(place)[page(place)] = slot + 1;
        return Optional.empty();
    }

    /** Something else went to this place. */
    public void overwritten(Place place) {
        int[] chunk = known(place);
        if (chunk != null && chunk[page(place)] != 0) {
            forget(chunk[page(place)] - 1, place);
            chunk[page(place)] = 0;
        }
    }

    private void forget(int slot, Place place) {
        if (addresses[slot] == place.address() && place.process().equals(processes[slot])) {
            processes[slot] = null;
        }
    }

    /** Nothing of this process is there any more. */
    public void ended(ProcessMemory process) {
        Map<Long, int[]> ended = Optional.ofNullable(slots.remove(process)).orElse(Map.of());
        chunks -= ended.size();
        last = Chunk.NONE;
        for (int[] chunk : ended.values()) {
            for (int slot : chunk) {
                if (slot != 0 && process.equals(processes[slot - 1])) {
                    processes[slot - 1] = null;
                }
            }
        }
    }

    private void makeRoom(Place place) {
        if (chunks == CHUNKS_MAX && known(place) == null) {
            Arrays.fill(processes, null);
            slots.clear();
            chunks = 0;
            last = Chunk.NONE;
        }
    }

    private int[] known(Place place) {
        if (last.isOf(place)) {
            return last.slots();
        }
        int[] chunk = slots.getOrDefault(place.process(), Map.of()).get(number(place));
        last = chunk == null ? last : new Chunk(place.process(), number(place), chunk);
        return chunk;
    }

    private int[] chunk(Place place) {
        int[] known = known(place);
        return known != null
                ? known
                : slots.computeIfAbsent(place.process(), _ -> new HashMap<>())
                        .computeIfAbsent(number(place), _ -> newChunk());
    }

    private int[] newChunk() {
        chunks++;
        return new int[PAGES_A_CHUNK];
    }

    /** How many pieces of 2 MiB some page of which is remembered, or was. */
    int chunks() {
        return chunks;
    }

    private static long number(Place place) {
        return place.address() / PageRun.PAGE_BYTES / PAGES_A_CHUNK;
    }

    private static int page(Place place) {
        return (int) (place.address() / PageRun.PAGE_BYTES % PAGES_A_CHUNK);
    }
}
