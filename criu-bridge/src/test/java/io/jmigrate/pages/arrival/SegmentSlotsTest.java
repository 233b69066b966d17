package io.jmigrate.pages.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SegmentSlotsTest {
    private static void with(Consumer<SegmentSlots> test) throws IOException {
        Path file = Files.createTempFile("slots", null);
        try (Fd table = Descriptors.open(file, OpenFlag.READ_WRITE)) {
            test.accept(new SegmentSlots(
                    () -> table,
                    ByteBuffer.allocate(SegmentSlots.SCRATCH_BYTES),
                    Bookkeeping.ofThisProcess().open(Long.MAX_VALUE)));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void pagesGetPlacesAsTheyCome() throws IOException {
        with(slots -> {
            assertThat(slots.take(7, 1)).containsExactly(0);
            assertThat(slots.take(1L << 40, 1)).containsExactly(1);
            assertThat(slots.take(6, 3)).containsExactly(2, 0, 3);
            assertThat(slots.of(5, 5)).containsExactly(-1, 2, 0, 3, -1);
            assertThat(slots.pagesAt(0, 4)).containsExactly(7, 1L << 40, 6, 8);
            assertThat(slots.pieces()).isEqualTo(2);
        });
    }

    @Test
    void thereIsAnEndToThem() throws IOException {
        with(slots -> assertThatThrownBy(() -> slots.take((1L << 41) - 1, 2))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_PROTOCOL)));
    }

    /** A list stands for the file. */
    @Property(tries = 200)
    void thoseThatAreKeptAreThereStillAndNoOthers(
            @ForAll @Size(max = 60) Set<@LongRange(min = 0, max = 3000) Long> pages,
            @ForAll @Size(max = 60) Set<@IntRange(min = 0, max = 59) Integer> keptSlots)
            throws IOException {
        with(all -> {
            List<Long> file = new ArrayList<>();
            for (long page : pages) {
                assertThat(all.take(page, 1)).containsExactly(file.size());
                file.add(page);
            }
            pages.forEach(page -> assertThat(file.get(all.of(page, 1)[0])).isEqualTo(page));
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
            List<Long> left = file.subList(0, all.count());
            assertThat(all.pagesAt(0, all.count()))
                    .containsExactly(left.stream().mapToLong(Long::longValue).toArray());
            assertThat(new HashSet<>(left)).isEqualTo(expected);
            assertThat(moves.size()).isLessThanOrEqualTo(pages.size() - expected.size());
        });
    }
}
