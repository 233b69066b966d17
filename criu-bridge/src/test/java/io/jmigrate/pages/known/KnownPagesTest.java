package io.jmigrate.pages.known;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.pages.kept.KeptPeer;
import io.jmigrate.pages.kept.KeptTable;
import io.jmigrate.pages.kept.PageName;
import io.jmigrate.pages.kept.PageNames;
import io.jmigrate.pages.known.KnownPages.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KnownPagesTest {
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final byte[] KEPT = {21, 22, 23, 22, 24, 5};
    private static final ProcessMemory ONE = new ProcessMemory(1);
    private static final ProcessMemory TWO = new ProcessMemory(2);

    /** Who gets the pages. */
    private final Map<Place, Byte> there = new HashMap<>();

    private final KnownPages known = new KnownPages();
    private long freshPages;
    /** What is there of earlier times: pages of 1 and of 2. */
    private final KeptPeer kept = keptPeer();

    private long keptPages;
    private final KnownRuns runs = new KnownRuns(known, kept, new KnownRuns.Taker() {
        @Override
        public void fresh(PageRun run, ByteBuffer content) {
            freshPages += run.pages();
            for (int page = 0; page < run.pages(); page++) {
                there.put(place(run, page), content.get(content.position() + page * PAGE));
            }
        }

        /** All is read before anything is written. */
        @Override
        public void same(PageRun run, PageRun same) {
            List<Byte> read = new ArrayList<>();
            for (int page = 0; page < run.pages(); page++) {
                assertThat(there).containsKey(place(same, page));
                read.add(there.get(place(same, page)));
            }
            for (int page = 0; page < run.pages(); page++) {
                there.put(place(run, page), read.get(page));
            }
        }

        @Override
        public void kept(PageRun run, long number) {
            keptPages += run.pages();
            for (int page = 0; page < run.pages(); page++) {
                there.put(place(run, page), KEPT[(int) number + page]);
            }
        }
    });

    private static KeptPeer keptPeer() {
        PageNames names = PageNames.fresh();
        KeptTable table = KeptTable.of(KEPT.length);
        for (byte value : KEPT) {
            PageName name = names.of(ByteBuffer.allocate(PAGE).put(0, value));
            table.add(ByteBuffer.allocate(PageName.BYTES)
                    .putLong(name.high())
                    .putLong(name.low())
                    .flip());
        }
        return new KeptPeer(names, table);
    }

    private static Place place(PageRun run, int page) {
        return new Place((ProcessMemory) run.target(), run.address() + (long) page * PAGE);
    }

    private static PageRun run(ProcessMemory process, long address, int pages) {
        return new PageRun(process, address, pages, PageContent.PRESENT);
    }

    private void send(ProcessMemory process, long address, byte... pages) {
        ByteBuffer content = ByteBuffer.allocateDirect(pages.length * PAGE);
        for (int page = 0; page < pages.length; page++) {
            content.put(page * PAGE, pages[page]);
        }
        runs.divide(run(process, address, pages.length), content);
    }

    /** A program decides where its pages are; what was forgotten goes again. */
    @Test
    void forgetsAllOfAProgramThatStrewsItsPages() {
        for (int page = 0; page <= KnownPages.CHUNKS_MAX; page++) {
            ByteBuffer content = ByteBuffer.allocateDirect(PAGE).putInt(0, page);
            runs.divide(run(ONE, (long) page << 21, 1), content);
            assertThat(known.chunks()).isLessThanOrEqualTo(KnownPages.CHUNKS_MAX);
        }
        assertThat(known.chunks()).isEqualTo(1);
        assertThat(freshPages).isEqualTo(KnownPages.CHUNKS_MAX + 1);
        ByteBuffer first = ByteBuffer.allocateDirect(PAGE).putInt(0, 0);
        runs.divide(run(TWO, 0, 1), first);
        assertThat(freshPages).isEqualTo(KnownPages.CHUNKS_MAX + 2);
    }

    @Test
    void theMemoryOfAForkGoesOnce() {
        byte[] pages = {1, 2, 3, 4};
        send(ONE, 1 << 20, pages);
        send(TWO, 1 << 20, pages);
        send(TWO, 1 << 20, pages);
        assertThat(freshPages).isEqualTo(4);
        assertThat(there.get(new Place(TWO, (1 << 20) + 2 * PAGE))).isEqualTo((byte) 3);
    }

    @Test
    void whatWasKeptIsNotSent() {
        send(ONE, 1 << 20, (byte) 22, (byte) 23, (byte) 22, (byte) 1);
        assertThat(freshPages).isEqualTo(1);
        assertThat(keptPages).isEqualTo(2);
        assertThat(there.get(new Place(ONE, (1 << 20) + PAGE))).isEqualTo((byte) 23);
        assertThat(there.get(new Place(ONE, (1 << 20) + 2 * PAGE))).isEqualTo((byte) 22);
    }

    @Test
    void whatWasKeptOfMemoryThatProcessesShareIsNotSentEither() {
        PageRun run = new PageRun(new SharedMemory(7), 0, 2, PageContent.PRESENT);
        List<String> pieces = new ArrayList<>();
        new KnownRuns(known, kept, new KnownRuns.Taker() {
                    @Override
                    public void fresh(PageRun part, ByteBuffer content) {
                        pieces.add("fresh " + part.address());
                    }

                    @Override
                    public void same(PageRun part, PageRun same) {
                        pieces.add("same " + part.address());
                    }

                    @Override
                    public void kept(PageRun part, long number) {
                        pieces.add("kept " + part.address() + " " + number);
                    }
                })
                .divide(run, ByteBuffer.allocate(2 * PAGE).put(0, (byte) 9).put(PAGE, (byte) 24));
        assertThat(pieces).containsExactly("fresh 0", "kept 4096 4");
    }

    @Test
    void whatWasOverwrittenIsSentAgain() {
        send(ONE, 1 << 20, (byte) 1);
        send(ONE, 1 << 20, (byte) 2);
        send(TWO, 0, (byte) 1);
        assertThat(freshPages).isEqualTo(3);
    }

    @Property(tries = 200)
    void thereIsAlwaysWhatWasSent(@ForAll long seed) {
        new KnownPagesTest().sendsAndCompares(new Random(seed)); // an object serves all tries otherwise
    }

    private void sendsAndCompares(Random random) {
        Map<Place, Byte> here = new HashMap<>();
        for (int step = 0; step < 60; step++) {
            ProcessMemory process = random.nextBoolean() ? ONE : TWO;
            long address = (long) random.nextInt(520) * PAGE;
            byte[] pages = new byte[1 + random.nextInt(12)];
            for (int page = 0; page < pages.length; page++) {
                pages[page] = (byte) random.nextInt(8);
                here.put(new Place(process, address + (long) page * PAGE), pages[page]);
            }
            switch (random.nextInt(12)) {
                case 0 -> {
                    known.ended(process);
                    there.keySet().removeIf(place -> place.process().equals(process));
                    here.keySet().removeIf(place -> place.process().equals(process));
                }
                case 1 -> {
                    for (int page = 0; page < pages.length; page++) {
                        Place place = new Place(process, address + (long) page * PAGE);
                        known.overwritten(place);
                        there.put(place, (byte) 0);
                        here.put(place, (byte) 0);
                    }
                }
                default -> send(process, address, pages);
            }
            assertThat(there).isEqualTo(here);
        }
    }
}
