package io.jmigrate.pages.ahead;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.pages.arrival.SharedImages;
import io.jmigrate.pages.live.SharedObject;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a memfd of this process. */
class SharedAheadTest {
    private static final SharedMemory MEMORY = new SharedMemory(77);
    private static final int PAGES = 4;

    @TempDir
    Path images;

    private final List<String> taken = new ArrayList<>();
    private final SharedAhead shared = new SharedAhead(new Noting());
    private Fd file;
    private List<SharedObject> objects;

    private final class Noting implements PageTaker {
        @Override
        public void pages(PageRun run, ByteBuffer data) {
            for (long page = 0; page < run.pages(); page++) {
                taken.add(run.address() / PageRun.PAGE_BYTES + page + "=" + data.get(data.position()));
                data.position(data.position() + PageRun.PAGE_BYTES);
            }
        }

        @Override
        public void ended(PageTarget target) {
            taken.add("ended " + target);
        }
    }

    @BeforeEach
    void fill() {
        file = Descriptors.memfd("shared", ByteBuffer.allocate(0), false);
        objects = List.of(new SharedObject(MEMORY, Path.of("/proc/self/fd/" + file.number())));
        Descriptors.setSize(file, PAGES * PageRun.PAGE_BYTES);
        write(0, 1);
        write(2, 3);
    }

    @AfterEach
    void close() {
        file.close();
    }

    private void write(int page, int content) {
        ByteBuffer bytes = ByteBuffer.allocate(PageRun.PAGE_BYTES).put(0, (byte) content);
        Descriptors.pwriteFully(file, bytes, (long) page * PageRun.PAGE_BYTES);
    }

    private void dump(int... pages) throws IOException {
        List<PageRun> runs = new ArrayList<>();
        ByteBuffer content = ByteBuffer.allocate(pages.length * PageRun.PAGE_BYTES);
        for (int page : pages) {
            runs.add(new PageRun(MEMORY, (long) page * PageRun.PAGE_BYTES, 1, PageContent.PRESENT));
            content.limit(content.position() + PageRun.PAGE_BYTES);
            Descriptors.preadFully(file, content, (long) page * PageRun.PAGE_BYTES);
        }
        SharedImages.writePagemap(images, MEMORY, 1, runs.toArray(PageRun[]::new));
        Files.write(images.resolve(PageImages.pages(1)), content.array());
    }

    private List<String> takenBy(Runnable step) {
        taken.clear();
        step.run();
        return List.copyOf(taken);
    }

    @Test
    void handsOverAllOnceAndThenWhatHasChangedWhoeverWroteIt() {
        assertThat(takenBy(() -> assertThat(shared.round(objects)).isEqualTo(2 * PageRun.PAGE_BYTES)))
                .containsExactly("0=1", "2=3");
        assertThat(takenBy(() -> assertThat(shared.round(objects)).isZero())).isEmpty();
        write(2, 4);
        write(3, 5);
        assertThat(takenBy(() -> shared.round(objects))).containsExactly("2=4", "3=5");
    }

    @Test
    void whatWasSeenStandingStillIsNotReadAgain() throws IOException {
        shared.round(objects);
        write(0, 9);
        assertThat(takenBy(() -> shared.standing(objects))).containsExactly("0=9");
        write(1, 6); // as if it had not been seen
        dump(0, 1, 2);
        assertThat(takenBy(() -> assertThat(shared.last(images)).isEqualTo(PageRun.PAGE_BYTES)))
                .containsExactly("1=6");
    }

    @Test
    void withoutALookAtTheTreeThatStandsAllIsHandedOver() throws IOException {
        shared.round(objects);
        dump(0, 2);
        assertThat(takenBy(() -> shared.last(images))).containsExactly("0=1", "2=3");
    }

    @Test
    void anObjectThatNoRoundHasMetComesFromTheImages() throws IOException {
        shared.standing(List.of());
        dump(0, 2);
        assertThat(takenBy(() -> shared.last(images))).containsExactly("0=1", "2=3");
    }

    @Test
    void allIsAllThatTheDumpHasWritten() throws IOException {
        shared.standing(objects);
        dump(0, 2);
        List<String> all = new ArrayList<>();
        shared.all(images, (run, data) -> {
            all.add(run.address() / PageRun.PAGE_BYTES + "=" + data.get());
            data.position(data.limit());
        });
        assertThat(all).containsExactly("0=1", "2=3");
    }

    @Test
    void nothingIsReadForOneThatHasEnough() throws IOException {
        shared.standing(objects);
        dump(0, 2);
        List<String> all = new ArrayList<>();
        shared.all(images, new PageTaker() {
            @Override
            public void pages(PageRun run, ByteBuffer data) {
                all.add(run.address() / PageRun.PAGE_BYTES + "=" + data.get());
                data.position(data.limit());
            }

            @Override
            public boolean enough() {
                return !all.isEmpty();
            }
        });
        assertThat(all).containsExactly("0=1");
    }

    @Test
    void anObjectThatIsGoneIsOfNoUse() {
        shared.round(objects);
        assertThat(takenBy(() -> shared.round(List.of()))).containsExactly("ended shared memory 77");
        assertThat(takenBy(() -> shared.round(objects))).containsExactly("0=1", "2=3");
    }

    @Test
    void oneWhoseWayIsGoneMeanwhileToo() {
        shared.round(objects);
        List<SharedObject> gone = List.of(new SharedObject(MEMORY, images.resolve("gone")));
        assertThat(takenBy(() -> shared.round(gone))).containsExactly("ended shared memory 77");
    }

    @Test
    void theLastPageOfAnObjectMayBeAPart() {
        Descriptors.setSize(file, 2 * PageRun.PAGE_BYTES + 100);
        assertThat(takenBy(() -> shared.round(objects))).containsExactly("0=1", "2=3");
    }
}
