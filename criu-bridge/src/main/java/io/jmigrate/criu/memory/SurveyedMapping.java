package io.jmigrate.criu.memory;

import io.jmigrate.criu.inspect.ImagedMapping;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A mapping and what its pages are like.
 *
 * @param mapping the mapping
 * @param pages how many there are of each state; states that there are none of are left out
 * @param sampledBytes bytes of pages that were compressed to see how far they shrink
 * @param compressedBytes what they became
 * @param cells the mapping in parts of the same length, each with the state of most of its pages; empty if there are none
 */
public record SurveyedMapping(
        ImagedMapping mapping,
        Map<PageState, Long> pages,
        long sampledBytes,
        long compressedBytes,
        List<Optional<PageState>> cells) {
    public SurveyedMapping {
        Objects.requireNonNull(mapping);
        pages = Map.copyOf(pages);
        cells = List.copyOf(cells);
    }

    public long pages(PageState state) {
        return pages.getOrDefault(state, 0L);
    }

    /** Bytes whose content is in the images. */
    public long storedBytes() {
        return (pages(PageState.DATA) + pages(PageState.DUPLICATE) + pages(PageState.ZERO)) * MemoryPass.PAGE_BYTES;
    }
}
