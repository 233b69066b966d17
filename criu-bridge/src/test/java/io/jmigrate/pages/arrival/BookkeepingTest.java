package io.jmigrate.pages.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many pages somebody strews, the heap has an end, and others find room. */
class BookkeepingTest {
    private static final int HEAP = 1000;
    private static final ProcessMemory PROCESS = new ProcessMemory(1);

    @TempDir
    private Path directory;

    private static int takeAll(Bookkeeping.Account account) {
        for (int taken = 0; ; taken++) {
            try {
                account.heap(1);
            } catch (Failure e) {
                assertThat(e.code()).isEqualTo(PageCode.PAGES_NO_SPACE);
                return taken;
            }
        }
    }

    @Test
    void leavesOthersAsMuchAsOneHas() {
        Bookkeeping all = new Bookkeeping(HEAP);
        Bookkeeping.Account greedy = all.open(Long.MAX_VALUE);
        assertThat(takeAll(greedy)).isEqualTo(HEAP / 2);
        assertThat(takeAll(all.open(Long.MAX_VALUE))).isEqualTo(HEAP / 4);
        greedy.close();
        greedy.close();
        assertThat(takeAll(all.open(Long.MAX_VALUE))).isGreaterThan(HEAP / 4);
    }

    @Property(tries = 100)
    void neverIsMoreThanThereIs(@ForAll @Size(max = 200) List<@IntRange(max = 400) Integer> wishes) {
        Bookkeeping all = new Bookkeeping(HEAP);
        List<Bookkeeping.Account> accounts = List.of(all.open(0), all.open(0), all.open(0));
        List<Integer> granted = new ArrayList<>();
        for (int wish : wishes) {
            try {
                accounts.get(wish % accounts.size()).heap(wish);
                granted.add(wish);
            } catch (Failure e) {
                // that is the point
            }
            assertThat(granted.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(HEAP);
        }
    }

    @Test
    void pagesImagesAndTablesAreOneAmount() {
        Bookkeeping.Account account = new Bookkeeping(HEAP).open(100);
        account.kept(60);
        account.kept(40);
        assertThatThrownBy(() -> account.kept(1))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_PROTOCOL));
        account.kept(-1);
        account.kept(1);
    }

    @Test
    void singlePagesAtStrewnAddressesEndTheArrivalAndNotTheService() {
        Bookkeeping all = new Bookkeeping(HEAP * 320L);
        try (ArrivingPages pages = ArrivingPages.create(directory.resolve("memory"), all.open(Long.MAX_VALUE))) {
            int[] put = {0};
            assertThatThrownBy(() -> {
                        for (; put[0] <= HEAP; put[0]++) {
                            pages.putZeros(new PageRun(PROCESS, put[0] * Chunk.BYTES, 1, PageContent.PRESENT_LAZY));
                        }
                    })
                    .hasMessageContaining("strewn over more places");
            assertThat(put[0]).isEqualTo(HEAP / 2);
        }
    }

    @Test
    void nothingIsGivenBackTwice() {
        Bookkeeping all = new Bookkeeping(100);
        Bookkeeping.Account closed = all.open(100);
        closed.heap(40);
        closed.close();
        closed.heap(-40);
        Bookkeeping.Account other = all.open(100);
        other.heap(50);
        assertThatThrownBy(() -> other.heap(1)).isInstanceOf(Failure.class);
    }
}
