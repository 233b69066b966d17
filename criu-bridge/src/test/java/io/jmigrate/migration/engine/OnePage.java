package io.jmigrate.migration.engine;

import io.jmigrate.criu.FrozenTree;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.track.TrackerKind;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The memory of a process of one page that is written all the time.
 *
 * @param unnoticed what stands in the page in the end that nobody has seen being written; 0: what has been read
 * @param written how many bytes each round is said to be about
 */
record OnePage(Steps steps, PageTaker taker, int unnoticed, long written) implements MemoryAhead {
    static final ProcessMemory PROCESS = new ProcessMemory(1);
    static final PageRun PAGE = new PageRun(PROCESS, 4096, 1, PageContent.PRESENT_LAZY);

    @Override
    public TrackerKind tracker() {
        return TrackerKind.HASH;
    }

    @Override
    public long round() {
        steps.ask("read the memory");
        hand(taker, 0);
        return written;
    }

    @Override
    public OptionalLong pending() {
        return OptionalLong.empty();
    }

    @Override
    public long lockedBytes() {
        return 0;
    }

    @Override
    public void standing(boolean follows) {
        steps.take("look at memory beside the dump");
    }

    @Override
    public long last(FrozenTree frozen) {
        steps.ask("read the last memory");
        hand(taker, 0);
        return 4096;
    }

    @Override
    public void outdated(FrozenTree frozen, Consumer<PageRun> names) {
        steps.ask("look what is outdated");
        names.accept(PAGE);
    }

    @Override
    public void all(FrozenTree frozen, PageTaker to) {
        steps.ask("read all memory");
        hand(to, unnoticed);
    }

    /** The same page, for whoever asks for it while the tree stands still. */
    static StandingMemory standing(Steps steps) {
        return new StandingMemory() {
            @Override
            public void read(PageTarget process, long address, ByteBuffer into) {
                steps.ask("read memory that follows");
                into.putInt(0).put((byte) 1).position(into.limit());
            }

            @Override
            public void close() {
                steps.take("let go of memory that follows");
            }
        };
    }

    private static void hand(PageTaker to, int content) {
        to.pages(PAGE, ByteBuffer.allocate(4096).putInt(0, content).put(4, (byte) 1));
    }

    @Override
    public void close() {
        steps.take("let go of the memory");
    }
}
