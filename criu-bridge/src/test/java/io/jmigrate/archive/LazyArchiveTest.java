package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.integrity.PairOfKeys;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive of a process whose 256 pages are for later but for those from 100 to 149. */
@Timeout(60)
class LazyArchiveTest {
    private static final ProcessMemory PROCESS = new ProcessMemory(1);
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final long START = 0x400000;

    @TempDir
    Path directory;

    private Checkpoint checkpoint;
    private Path file;
    private byte[] pages;

    @BeforeEach
    void make() throws IOException {
        checkpoint = Checkpoint.in(directory);
        file = directory.resolve("web.tar");
        pages = Files.readAllBytes(checkpoint.images().resolve("pages-1.img"));
    }

    private void pagemap(String name, int last) throws IOException {
        try (OutputStream out = Files.newOutputStream(checkpoint.images().resolve(name));
                ImageWriter writer = new ImageWriter(out, ImageKind.PAGEMAP)) {
            writer.write(PagemapHead.newBuilder().setPagesId(1).build());
            writer.write(entry(0, 100, PageContent.PRESENT_LAZY));
            writer.write(entry(100, 50, PageContent.PRESENT));
            writer.write(entry(150, last, PageContent.PRESENT_LAZY));
        }
    }

    private static PagemapEntry entry(long page, long count, PageContent content) {
        return PagemapEntry.newBuilder()
                .setVaddr(START + page * PAGE)
                .setCompatNrPages(0)
                .setNrPages(count)
                .setFlags(content.flags())
                .build();
    }

    private ImportRequest request() {
        return new ImportRequest(file, directory.resolve("extracted"), Limits.DEFAULT, Progress.SILENT);
    }

    private void archive(String compression) {
        ArchiveWriter.write(checkpoint.export(file, Compression.named(compression)));
    }

    private byte[] extracted() throws IOException {
        return Files.readAllBytes(directory.resolve("extracted/checkpoint/pages-1.img"));
    }

    @Test
    void memoryForLaterStaysInTheArchiveUntilItIsWanted() throws IOException {
        pagemap("pagemap-1.img", 106);
        archive("zstd");
        try (LazyArchive archive = LazyArchive.open(request()).orElseThrow()) {
            byte[] expected = new byte[pages.length];
            System.arraycopy(pages, 100 * PAGE, expected, 100 * PAGE, 50 * PAGE);
            assertThat(extracted()).as("what CRIU reads itself").isEqualTo(expected);
            assertThat(archive.pages().lazyBytes()).isEqualTo(206L * PAGE);

            ByteBuffer some = ByteBuffer.allocate(3 * PAGE);
            archive.pages().read(PROCESS, START + 253 * PAGE, some);
            assertThat(some.array()).isEqualTo(Arrays.copyOfRange(pages, 253 * PAGE, 256 * PAGE));

            archive.pages().settle();
            assertThat(extracted()).as("CRIU is to read it after all").isEqualTo(pages);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pagemap-shmem-1.img", "other-1.img"})
    void memoryThatIsSharedOrThatNobodyKnowsIsExtracted(String name) throws IOException {
        pagemap(name, 106);
        archive("zstd");
        try (LazyArchive archive = LazyArchive.open(request()).orElseThrow()) {
            assertThat(archive.pages().lazyBytes()).isZero();
            assertThat(extracted()).isEqualTo(pages);
        }
    }

    @Test
    void oneChangedBitIsFoundBeforeItsFrameIsUsed() throws IOException {
        pagemap("pagemap-1.img", 106);
        archive("zstd");
        flipBit(100);
        assertRefused();
    }

    @Test
    void oneChangedBitOfMemoryThatNobodyReadsIsFoundBeforeTheMemoryIsConfirmed() throws IOException {
        pages = new byte[1024 * PAGE];
        new Random(1).nextBytes(pages);
        Files.write(checkpoint.images().resolve("pages-1.img"), pages);
        pagemap("pagemap-1.img", 1024 - 150);
        archive("zstd");
        try (LazyArchive sound = LazyArchive.open(request()).orElseThrow()) {
            sound.pages().confirm();
            sound.archive().remove();
        }
        flipBit(3 << 20);
        try (LazyArchive archive = LazyArchive.open(request()).orElseThrow()) {
            assertThatThrownBy(archive.pages()::confirm).hasMessageContaining("is not as it was written");
            assertThatThrownBy(archive.pages()::settle).isInstanceOf(Failure.class);
        }
    }

    @Test
    void pagesThatAreNotThereAreNotPromised() throws IOException {
        pagemap("pagemap-1.img", 107);
        archive("zstd");

        assertRefused();
    }

    private void assertRefused() {
        assertRefused(ArchiveCode.ARCHIVE_INVALID);
    }

    private void assertRefused(ArchiveCode code) {
        assertThatThrownBy(() -> LazyArchive.open(request()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
        assertThat(directory.resolve("extracted")).doesNotExist();
    }

    private void flipBit(int place) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[place] ^= 4;
        Files.write(file, bytes);
    }

    @Test
    void whatCanOnlyBeReadFromFrontToBackIsExtractedAsAWhole() throws IOException {
        pagemap("pagemap-1.img", 106);
        archive("gzip");
        assertThat(LazyArchive.open(request())).isEmpty();
        assertThat(directory.resolve("extracted")).doesNotExist();
    }

    @Test
    void memoryOfAPlainArchiveIsComparedWithItsManifestWhereItIs() throws IOException {
        pagemap("pagemap-1.img", 106);
        archive("none");
        try (LazyArchive archive = LazyArchive.open(request()).orElseThrow()) {
            assertThat(archive.pages().lazyBytes()).isEqualTo(206L * PAGE);
            archive.archive().remove();
        }
        flipBit((int) Files.size(file) / 2);
        assertRefused(ArchiveCode.ARCHIVE_ALTERED);
    }

    @Test
    void whatNobodyNeedsIsNotWritten() throws IOException {
        pagemap("pagemap-1.img", 106);
        Files.move(checkpoint.images().resolve("dump.log"), checkpoint.images().resolve("other.img"));
        archive("none");
        List<Part> parts = new ArrayList<>(Part.of(file));
        parts.removeIf(part -> part.name().equals("manifest.json"));
        parts.add(new Part("ctr.log", "what it has said".getBytes(StandardCharsets.UTF_8)));
        Files.write(file, Part.packed(parts));
        try (LazyArchive archive = LazyArchive.open(request()).orElseThrow()) {
            assertThat(archive.archive().directory().resolve("ctr.log")).doesNotExist();
        }
    }

    @Test
    void signedMemoryStaysInTheArchive() throws IOException {
        PairOfKeys keys = PairOfKeys.in(directory, "keys");
        pagemap("pagemap-1.img", 106);
        ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT).signed(keys.signing()));
        try (LazyArchive archive =
                LazyArchive.open(request().trusting(keys.trusted())).orElseThrow()) {
            assertThat(archive.pages().lazyBytes()).isEqualTo(206L * PAGE);
        }
        assertThat(ArchiveContents.read(file, Limits.DEFAULT)
                        .integrity(Optional.of(keys.trusted()))
                        .frames())
                .isEqualTo(Integrity.Frames.SIGNED);
    }
}
