package io.jmigrate.criu.memory;

import com.github.luben.zstd.ZstdCompressCtx;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.inspect.MemorySource;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all memory of a checkpoint is like, by mapping: stored, zero, seen before, and how well it compresses.
 *
 * <p>About two seconds for a gigabyte, with 64 MiB of memory at most for the contents that were seen.
 */
public final class MemorySurvey implements PageVisitor {
    /** One page of so many is compressed: zstd takes a page in ten microseconds. */
    private static final int PAGES_A_SAMPLE = 16;

    private static final int CELLS = 96;

    /** So many mappings have parts; those that come later, of images that nobody could look at anyway, are one each. */
    private static final int MAPPINGS_WITH_CELLS_MAX = 4096;

    private static final byte[] ZEROS = new byte[MemoryPass.PAGE_BYTES];

    private final AddressBook book;
    private final Map<ImagedMapping, MappingTally> tallies = new IdentityHashMap<>();
    private final SeenPages seen = new SeenPages();
    private final ZstdCompressCtx compressor = new ZstdCompressCtx().setLevel(1);
    private final byte[] compressed = new byte[2 * MemoryPass.PAGE_BYTES];
    private long data;

    private MemorySurvey(List<ImagedMapping> mappings) {
        book = new AddressBook(mappings);
    }

    /**
     * Looks at all pages.
     *
     * @return the mappings that there are pages of, and those that there are none of, in their order
     */
    public static List<SurveyedMapping> of(MemorySource source, CheckpointImages images) {
        List<ImagedMapping> mappings = images.mappings();
        MemorySurvey survey = new MemorySurvey(mappings);
        try (survey.compressor) {
            MemoryPass.run(source, survey);
        }
        return mappings.stream().map(survey::result).toList();
    }

    private SurveyedMapping result(ImagedMapping mapping) {
        MappingTally tally = tallies.get(mapping);
        return tally == null ? new SurveyedMapping(mapping, Map.of(), 0, 0, List.of()) : tally.result();
    }

    private MappingTally tally(ImagedMapping mapping) {
        int cells = tallies.size() < MAPPINGS_WITH_CELLS_MAX ? CELLS : 1;
        return tallies.computeIfAbsent(mapping, _ -> new MappingTally(mapping, cells));
    }

    @Override
    public void page(Space space, long address, byte[] bytes, int offset) {
        Optional<AddressBook.Place> found = book.place(space, address);
        if (found.isEmpty()) {
            return;
        }
        MappingTally tally = tally(found.get().mapping());
        PageState state = state(bytes, offset);
        tally.add(found.get().address(), 1, state);
        if (state != PageState.ZERO && data++ % PAGES_A_SAMPLE == 0) {
            int length = compressor.compressByteArray(
                    compressed, 0, compressed.length, bytes, offset, MemoryPass.PAGE_BYTES);
            tally.sample(MemoryPass.PAGE_BYTES, Math.min(length, MemoryPass.PAGE_BYTES));
        }
    }

    private PageState state(byte[] bytes, int offset) {
        if (Arrays.equals(bytes, offset, offset + MemoryPass.PAGE_BYTES, ZEROS, 0, MemoryPass.PAGE_BYTES)) {
            return PageState.ZERO;
        }
        return seen.seenBefore(bytes, offset) ? PageState.DUPLICATE : PageState.DATA;
    }

    /** A run may go over several mappings, and over none. */
    @Override
    public void absent(Space space, long address, long pages, Absence why) {
        long end = address + pages * MemoryPass.PAGE_BYTES;
        for (long at = address; at < end; ) {
            Optional<AddressBook.Place> found = book.place(space, at);
            if (found.isEmpty()) {
                return; // the images tell of pages that nobody maps
            }
            AddressBook.Place place = found.get();
            long count = Math.min(
                    (end - at) / MemoryPass.PAGE_BYTES,
                    Math.ceilDiv(place.mapping().end() - place.address(), MemoryPass.PAGE_BYTES));
            tally(place.mapping()).add(place.address(), count, PageState.ELSEWHERE);
            at += count * MemoryPass.PAGE_BYTES;
        }
    }
}
