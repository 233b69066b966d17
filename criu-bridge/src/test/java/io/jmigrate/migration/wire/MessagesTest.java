package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.KernelFeature;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.Port;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.compare.PageWord;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.SecurityModule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(1);

    @Test
    void readsBackEveryControlMessage() {
        List<ControlMessage> messages = List.of(
                new ControlMessage.Offer(
                        MigrationId.random(),
                        "web",
                        "{}",
                        RootfsMode.COPY,
                        "/srv/web",
                        "",
                        List.of(new LowerLayer("/srv/images/web", "00ff")),
                        new HostFacts(
                                "amd64",
                                List.of("avx2"),
                                new HostFacts.Criu("4.2.1", true),
                                new HostFacts.Kernel(
                                        "6.18",
                                        Set.of(KernelFeature.NFTABLES),
                                        "v2",
                                        List.of("memory"),
                                        Set.of(SecurityModule.APPARMOR))),
                        new ContainerSize(1L << 40, 2, 3, 0, 0),
                        new ContainerNeeds(
                                Set.of(SecurityModule.SELINUX),
                                List.of(new Port("tcp", "::", 80)),
                                List.of(7, 8),
                                1L << 40,
                                true),
                        new NetworkTerms(true, Map.of("10.0.0.2", "10.1.0.3", "fd00::2", "fd00:1::3")),
                        true,
                        false,
                        GroupId.random().value(),
                        true),
                new ControlMessage.Judged(
                        List.of(
                                Check.passed(Check.End.DESTINATION, "ports", "all are free"),
                                Check.blocker(Check.End.DESTINATION, "disk", "it is full", "make room")),
                        1,
                        2),
                new ControlMessage.Accepted("secret"),
                new ControlMessage.Accepted("secret", 12, "00ff"),
                new ControlMessage.Refused("PREFLIGHT", List.of("no room", "no bridge")),
                new ControlMessage.Join(MigrationId.random(), "secret"),
                new ControlMessage.Joined(3),
                new ControlMessage.Received(Section.ROUND),
                new ControlMessage.Held(42, 7),
                new ControlMessage.Go(),
                new ControlMessage.Running(),
                new ControlMessage.Lacks(),
                new ControlMessage.Gone(),
                new ControlMessage.Failed("no room", List.of("line")),
                new ControlMessage.Question(MigrationId.random(), "web"),
                new ControlMessage.Answer("runs"),
                new ControlMessage.PairProof("a", "00", "11"),
                new ControlMessage.PairAnswer("b", "22"));
        assertThat(messages).allSatisfy(message -> assertThat(ControlText.decode(ControlText.encode(message)))
                .isEqualTo(message));
    }

    @Test
    void readsBackDataMessages() {
        PageRun zeros = new PageRun(PROCESS, 0x7f0000000000L, 1L << 20, PageContent.PRESENT_LAZY);
        List<DataMessage> messages = List.of(
                new DataMessage.ZeroPages(zeros),
                new DataMessage.KnownPages(
                        new PageRun(PROCESS, 4096, 7, PageContent.PRESENT_LAZY),
                        new PageRun(new PageTarget.ProcessMemory(2), 8192, 7, PageContent.PRESENT_LAZY)),
                new DataMessage.KeptWanted(),
                new DataMessage.KeptPages(new PageRun(PROCESS, 4096, 7, PageContent.PRESENT_LAZY), 1L << 19),
                new DataMessage.ProcessEnded(PROCESS),
                new DataMessage.PagesEnd(12, false),
                new DataMessage.PagesEnd(0, true),
                new DataMessage.Image("core-1.img", 4711),
                new DataMessage.Entry(entry("bin/sh", Map.of("security.capability", new byte[] {0, -1}))),
                new DataMessage.EntryUpdate(entry("bin/sh", Map.of())),
                new DataMessage.EntryZeros(1L << 40, 4096),
                new DataMessage.Tree("/dev/shm"),
                new DataMessage.EntryRemoved("tmp/gone"),
                new DataMessage.SectionEnd(Section.FINAL, 99),
                new DataMessage.Outdated(zeros),
                new DataMessage.PagesLater(),
                new DataMessage.Lacking(zeros),
                new DataMessage.LackingEnd(1L << 20),
                new DataMessage.Wanted(zeros),
                new DataMessage.Kept(256),
                new DataMessage.AllKept(5, 1, 1L << 40, 1L << 41));
        assertThat(messages).allSatisfy(message -> assertThat(DataFrames.decode(DataFrames.encode(message)))
                .isEqualTo(message));
    }

    private static TreeEntry entry(String path, Map<String, byte[]> xattrs) {
        return new TreeEntry(path, TreeEntry.Kind.FILE, 0755, 0, 70_000, 12, -5, "", 0, xattrs);
    }

    @Test
    void readsBackAPieceOfAnImageThatIsCompressed() {
        DataMessage message = new DataMessage.CompressedImageData(4711, new byte[] {1, 2, 3});

        assertThat(DataFrames.decode(DataFrames.encode(message)))
                .usingRecursiveComparison()
                .isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, PageSink.DATA_BYTES_MAX + 1, Integer.MAX_VALUE})
    void refusesAPieceOfAnImageOfAnImpossibleLength(int length) {
        byte[] meta = new MetaWriter().i32(length).done();
        Frame frame = Frame.of(FrameType.COMPRESSED_IMAGE_DATA, meta, new byte[] {1});

        assertThatThrownBy(() -> DataFrames.decode(frame)).hasMessageContaining("an impossible length");
    }

    @Test
    void refusesAFillerOfNothing() {
        Frame frame = Frame.of(FrameType.FILLER, Frame.NO_META);
        assertThatThrownBy(() -> DataFrames.decode(frame)).hasMessageContaining("filler of nothing");
    }

    /** Whoever gets them copies them at once, in memory of that size. */
    @Test
    void refusesMoreKnownPagesThanAFrameHasOfOthers() {
        MetaWriter meta = new MetaWriter();
        meta.u8(1).i64(1).i64(0).i64(PageSink.DATA_BYTES_MAX / PageRun.PAGE_BYTES + 1);
        meta.u8(1).i64(2).i64(0);
        Frame frame = Frame.of(FrameType.KNOWN_PAGES, meta.done());
        assertThatThrownBy(() -> DataFrames.decode(frame)).hasMessageContaining("can't be the same as others");
    }

    @Test
    void refusesPagesWhoseBytesDoNotFit() {
        PageRun run = new PageRun(PROCESS, 4096, 2, PageContent.PRESENT);
        Frame frame = DataFrames.encode(new DataMessage.Pages(run, ByteBuffer.allocate(4096)));
        assertThatThrownBy(() -> DataFrames.decode(frame)).hasMessageContaining("do not fit");
    }

    @Test
    void readsBackWhatIsSaidOfPages() {
        PageRun run = new PageRun(PROCESS, 4096, 2, PageContent.PRESENT_LAZY);
        byte[] words = new byte[2 * PageWord.BYTES];
        words[5] = 5;
        Frame frame = DataFrames.encode(new DataMessage.PageWords(run, -4711, words));
        assertThat(DataFrames.decode(frame)).isInstanceOfSatisfying(DataMessage.PageWords.class, read -> {
            assertThat(read.run()).isEqualTo(run);
            assertThat(read.seed()).isEqualTo(-4711);
            assertThat(read.words()).isEqualTo(words);
        });
    }

    @Test
    void refusesWordsThatDoNotFitTheirPages() {
        PageRun run = new PageRun(PROCESS, 4096, 2, PageContent.PRESENT_LAZY);
        for (int bytes : List.of(PageWord.BYTES, 2 * PageWord.BYTES + 1, 3 * PageWord.BYTES)) {
            Frame frame = DataFrames.encode(new DataMessage.PageWords(run, 1, new byte[bytes]));
            assertThatThrownBy(() -> DataFrames.decode(frame)).hasMessageContaining("do not fit");
        }
    }

    @Test
    void refusesAConfigThatDoesNotFitIntoAFrame() {
        ControlMessage huge = new ControlMessage.Failed("x".repeat(Frame.PAYLOAD_BYTES_MAX), List.of());
        assertThatThrownBy(() -> ControlText.encode(huge)).isInstanceOf(Failure.class);
    }

    @Test
    void refusesMessagesThatAreNone() {
        List<String> texts = List.of("", "null", "[]", "{}", "{\"type\":\"x\"}", "{\"type\":\"accepted\"}", "[[[[[[");
        assertThat(texts).allSatisfy(text -> assertThatThrownBy(() -> ControlText.decode(control(text)))
                .isInstanceOf(Failure.class));
    }

    private static Frame control(String text) {
        return Frame.of(FrameType.CONTROL, Frame.NO_META, text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2000)
    void answersAnyFrameWithAMessageOrAFailure(
            @ForAll FrameType type, @ForAll @Size(max = 200) byte[] meta, @ForAll @Size(max = 50) byte[] payload) {
        try {
            DataFrames.decode(Frame.of(type, meta, payload));
        } catch (Failure failure) {
            assertThat(failure.code()).isEqualTo(MigrationCode.PEER_PROTOCOL);
        }
    }

    @Test
    void knowsAPeerThatIsNoNode() {
        byte[] http = "HTTP/1.1 400 Bad".substring(0, Greeting.BYTES).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> Greeting.decode(http)).hasMessage("the peer is not a jmigrate node");
        byte[] later = new Greeting(Greeting.VERSION + 1, Role.DATA).encode();
        assertThatThrownBy(() -> Greeting.decode(later)).hasMessageContaining("version " + (Greeting.VERSION + 1));
        assertThat(Greeting.decode(Greeting.of(Role.RECOVER).encode()).role()).isEqualTo(Role.RECOVER);
    }
}
