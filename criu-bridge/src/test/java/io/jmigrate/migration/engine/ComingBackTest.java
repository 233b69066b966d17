package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.engine.Trees.Destination;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.pages.kept.KeptWriter;
import io.jmigrate.pages.kept.PageNames;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node keeps of a container that leaves, and what comes of it when the container comes back. */
class ComingBackTest {
    private static final byte[] SECRET = PageNames.secret();

    @TempDir
    private Path directory;

    private final AtomicInteger forgotten = new AtomicInteger();
    private final List<String> deeds = new ArrayList<>();

    /** The page that the container has. */
    private KeptPages kept() {
        Path content = directory.resolve("pages");
        Path names = directory.resolve("names");
        try (Fd pages = Descriptors.open(content, 0600, OpenFlag.READ_WRITE, OpenFlag.CREATE);
                Fd named = Descriptors.open(names, 0600, OpenFlag.READ_WRITE, OpenFlag.CREATE)) {
            KeptWriter writer = new KeptWriter(pages, named, new PageNames(SECRET), _ -> true, () -> false);
            writer.pages(
                    OnePage.PAGE,
                    ByteBuffer.allocate(PageRun.PAGE_BYTES).putInt(0, 0).put(4, (byte) 1));
            assertThat(writer.finish()).isEqualTo(1);
        }
        return new KeptPages(Descriptors.open(content), Descriptors.open(names), SECRET, 1, forgotten::incrementAndGet);
    }

    @Test
    void whatWasKeptIsNotSent() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT).withKept(kept())) {
            handover.run();

            assertThat(handover.trees.destination()).isEqualTo(Destination.RUNS);
            PagesMoved pages =
                    handover.source.result().orElseThrow().bytes().pages().orElseThrow();
            assertThat(pages.raw() + pages.compressed()).isZero();
            assertThat(pages.kept()).isEqualTo(1);
            assertThat(handover.destination.forgotten()).as("it is back").hasSize(1);
        }
    }

    @Test
    void whatWasKeptForAnotherNodeIsForgottenWhenItIsBack() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT)) {
            handover.run();

            assertThat(handover.trees.destination()).isEqualTo(Destination.RUNS);
            assertThat(handover.destination.forgotten()).hasSize(1);
        }
    }

    @Test
    void aDamagedPageEndsTheMigrationAndTheContainerGoesOn() throws IOException, InterruptedException {
        KeptPages kept = kept();
        Files.write(directory.resolve("pages"), new byte[PageRun.PAGE_BYTES]);
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT).withKept(kept)) {
            handover.run();

            assertThat(handover.source.failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .hasMessageContaining("it runs at the source")
                    .hasMessageContaining("is damaged; it was removed"));
            assertThat(handover.trees.source()).isEqualTo(new Trees.Source(true, false, false, true));
            assertThat(handover.trees.destination()).isEqualTo(Destination.NONE);
            assertThat(forgotten).hasPositiveValue();
        }
    }

    /** Notes what is done with it. */
    private final class Noted implements Keeping {
        private final Handover handover;

        Noted(Handover handover) {
            this.handover = handover;
        }

        @Override
        public void take(Consumer<PageTaker> memory) {
            memory.accept((run, data) -> {
                deeds.add("take " + data.remaining() + " while " + handover.trees.destination());
                data.position(data.limit());
            });
        }

        @Override
        public void complete() {
            deeds.add("complete in " + handover.source.record().orElseThrow().state());
        }

        @Override
        public void close() {
            deeds.add("close");
        }
    }

    @Test
    void itIsKeptWhenItRunsElsewhere() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT)) {
            handover.source.host.keep(peer -> {
                assertThat(peer).contains(MemoryLink.CERTIFICATE);
                return new Noted(handover);
            });
            handover.run();

            assertThat(deeds)
                    .containsExactly(
                            "take 4096 while " + Destination.RUNS,
                            "complete in " + new SourceState.Completed(),
                            "close");
        }
    }

    @Test
    void nothingIsKeptOfOneThatIsNotToBeKept() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT)) {
            handover.source.keep = false;
            handover.source.host.keep(peer -> {
                deeds.add(peer.isEmpty() ? "forget what was kept of it" : "keep it");
                return Keeping.nothing();
            });
            handover.run();

            assertThat(handover.source.result()).isPresent();
            assertThat(deeds).containsExactly("forget what was kept of it");
        }
    }

    @Test
    void nothingIsKeptOfOneThatStays() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT)) {
            handover.source.host.keep(_ -> new Noted(handover));
            handover.source.host.writesUnnoticed(); // the comparison finds it
            handover.run();

            assertThat(handover.source.failure()).isPresent();
            assertThat(deeds).isEmpty();
        }
    }

    @Test
    void itHasMovedEvenIfItCannotBeKept() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT)) {
            handover.source.host.keep(_ -> {
                throw Failure.of(RuntimeCode.IO, "no space is left");
            });
            handover.run();

            assertThat(handover.source.result()).isPresent();
            assertThat(handover.trees.destination()).isEqualTo(Destination.RUNS);
            assertThat(handover.trees.source().exists()).isFalse();
        }
    }
}
