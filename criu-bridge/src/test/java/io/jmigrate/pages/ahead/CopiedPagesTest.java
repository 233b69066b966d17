package io.jmigrate.pages.ahead;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CopiedPagesTest {
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(7);
    private static final long BASE = 0x7f0000200000L - 5 * PageRun.PAGE_BYTES;
    private static final int PAGES = 1500;

    private final CopiedPages copied = new CopiedPages();

    private static long address(int page) {
        return BASE + (long) page * PageRun.PAGE_BYTES;
    }

    private static PageRun run(int from, int to) {
        return new PageRun(PROCESS, address(from), to - from, PageContent.ABSENT_LAZY);
    }

    @Test
    void lacksEverythingAtFirst() {
        assertThat(copied.missing(run(0, PAGES))).containsExactly(run(0, PAGES));
    }

    @Test
    void lacksWhatIsBetweenTheCopied() {
        copied.add(address(0), address(3));
        copied.add(address(4), address(600));
        copied.add(address(602), address(PAGES));

        assertThat(copied.missing(run(0, PAGES))).containsExactly(run(3, 4), run(600, 602));
    }

    @Property
    void isASetOfPages(@ForAll long seed) {
        CopiedPages set = new CopiedPages();
        Random random = new Random(seed);
        BitSet model = new BitSet();
        for (int act = 0; act < 30; act++) {
            int from = random.nextInt(PAGES);
            int to = from + 1 + random.nextInt(Math.min(80, PAGES - from));
            set.add(address(from), address(to));
            model.set(from, to);
        }

        List<PageRun> missing = set.missing(run(0, PAGES));

        BitSet found = new BitSet();
        missing.forEach(part -> found.set((int) ((part.address() - BASE) / PageRun.PAGE_BYTES), (int)
                ((part.end() - BASE) / PageRun.PAGE_BYTES)));
        model.flip(0, PAGES);
        assertThat(found).isEqualTo(model);
        assertThat(missing).isSortedAccordingTo((a, b) -> Long.compare(a.address(), b.address()));
    }
}
