package io.jmigrate.pages.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SegmentSlotsTest {
    private final SegmentSlots slots = new SegmentSlots();

    @Test
    void pagesGetPlacesAsTheyCome() {
        assertThat(slots.add(7)).isZero();
        assertThat(slots.add(1L << 40)).isEqualTo(1);
        assertThat(slots.of(7)).isZero();
        assertThat(slots.of(8)).isNegative();
        assertThat(slots.pageAt(1)).isEqualTo(1L << 40);
        assertThat(slots.chunks()).isEqualTo(2);
    }

    /** A list stands for the file. */
    @Property
    void thoseThatAreKeptAreThereStillAndNoOthers(
            @ForAll @Size(max = 60) Set<@LongRange(min = 0, max = 3000) Long> pages,
            @ForAll @Size(max = 60) Set<@IntRange(min = 0, max = 59) Integer> keptSlots) {
        SegmentSlots all = new SegmentSlots();
        List<Long> file = new ArrayList<>();
        for (long page : pages) {
            all.add(page);
            file.add(page);
        }
        BitSet kept = new BitSet();
        keptSlots.stream().filter(slot -> slot < pages.size()).forEach(kept::set);
        Set<Long> expected = new HashSet<>();
        kept.stream().forEach(slot -> expected.add(file.get(slot)));

        List<Integer> moves = new ArrayList<>();
        all.keep(kept, (from, to) -> {
            file.set(to, file.get(from));
            moves.add(to);
        });

        assertThat(all.count()).isEqualTo(expected.size());
        for (int slot = 0; slot < all.count(); slot++) {
            assertThat(all.pageAt(slot)).isEqualTo(file.get(slot));
            assertThat(all.of(file.get(slot))).isEqualTo(slot);
        }
        assertThat(new HashSet<>(file.subList(0, all.count()))).isEqualTo(expected);
        pages.stream().filter(page -> !expected.contains(page)).forEach(page -> assertThat(all.of(page))
                .isNegative());
        assertThat(moves.size()).isLessThanOrEqualTo(pages.size() - expected.size());
    }
}
