package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LeftPagesTest {
    private static final ProcessMemory ONE = new ProcessMemory(1);
    private static final ProcessMemory OTHER = new ProcessMemory(2);

    private static PageRun run(ProcessMemory process, long page, long pages) {
        return new PageRun(process, page * PageRun.PAGE_BYTES, pages, PageContent.PRESENT_LAZY);
    }

    @Test
    void givesWhatIsAskedForOnce() {
        LeftPages left = new LeftPages();
        left.add(run(ONE, 10, 10));
        left.add(run(OTHER, 10, 1));

        assertThat(left.take(run(ONE, 14, 2))).containsExactly(run(ONE, 14, 2));
        assertThat(left.take(run(ONE, 8, 8))).containsExactly(run(ONE, 10, 4));
        assertThat(left.take(run(ONE, 8, 8))).isEmpty();
        assertThat(left.next(3L * PageRun.PAGE_BYTES)).isEqualTo(run(ONE, 16, 3));
        assertThat(left.next(3L * PageRun.PAGE_BYTES)).isEqualTo(run(ONE, 19, 1));
        assertThat(left.next(3L * PageRun.PAGE_BYTES)).isEqualTo(run(OTHER, 10, 1));
        assertThat(left.isEmpty()).isTrue();
    }

    /** Whatever is asked for meanwhile, each page is given once. */
    @Property(tries = 200)
    void givesEachPageOnce(
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 60) Integer> asked,
            @ForAll @IntRange(min = 1, max = 9) int atOnce) {
        LeftPages left = new LeftPages();
        left.add(run(ONE, 3, 20));
        left.add(run(ONE, 30, 25));
        List<Long> given = new ArrayList<>();
        for (int page : asked) {
            left.take(run(ONE, page, atOnce)).forEach(run -> note(run, given));
            if (!left.isEmpty()) {
                note(left.next((long) atOnce * PageRun.PAGE_BYTES), given);
            }
        }
        while (!left.isEmpty()) {
            note(left.next((long) atOnce * PageRun.PAGE_BYTES), given);
        }
        Set<Long> all = new HashSet<>();
        note(run(ONE, 3, 20), all);
        note(run(ONE, 30, 25), all);
        assertThat(given).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
    }

    private static void note(PageRun run, Collection<Long> into) {
        for (long at = run.address(); at < run.end(); at += PageRun.PAGE_BYTES) {
            into.add(at);
        }
    }
}
