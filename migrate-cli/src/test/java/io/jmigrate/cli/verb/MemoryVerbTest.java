package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.jmigrate.cli.Called;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.criu.image.entry.PstreeEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diff}, {@code memory search} and {@code memory dump} on an image directory with one process and a heap of two pages. */
class MemoryVerbTest {
    @TempDir
    private Path directory;

    private Path images;

    @BeforeEach
    void makeImages() throws IOException {
        images = make("images", "a secret\u001b[2J");
    }

    private Path make(String name, String text) throws IOException {
        Path made = Files.createDirectory(directory.resolve(name));
        write(
                made,
                "inventory.img",
                ImageKind.INVENTORY,
                Inventory.newBuilder().setImgVersion(2).build());
        write(
                made,
                "pstree.img",
                ImageKind.PSTREE,
                PstreeEntry.newBuilder()
                        .setPid(1)
                        .setPpid(0)
                        .setPgid(1)
                        .setSid(1)
                        .addThreads(1)
                        .build());
        write(
                made,
                "mm-1.img",
                ImageKind.ADDRESS_SPACE,
                AddressSpace.newBuilder()
                        .addVmas(MappingEntry.newBuilder()
                                .setStart(0x1000)
                                .setEnd(0x4000)
                                .setFlags(2)
                                .setStatus(1 << 5))
                        .build());
        write(
                made,
                "pagemap-1.img",
                ImageKind.PAGEMAP,
                PagemapHead.newBuilder().setPagesId(1).build(),
                run(0x1000, 2, 4),
                run(0x3000, 1, 2));
        byte[] pages = new byte[8192];
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, pages, 4092, bytes.length); // over the end of a page
        Files.write(made.resolve("pages-1.img"), pages);
        return made;
    }

    private static PagemapEntry run(long address, int pages, int flags) {
        return PagemapEntry.newBuilder()
                .setVaddr(address)
                .setCompatNrPages(pages)
                .setFlags(flags)
                .build();
    }

    private static void write(Path made, String name, ImageKind kind, MessageLite... entries) throws IOException {
        try (ImageWriter writer = new ImageWriter(Files.newOutputStream(made.resolve(name)), kind)) {
            for (MessageLite entry : entries) {
                writer.write(entry);
            }
        }
    }

    private Called call(String... words) {
        return Called.in(
                directory,
                Stream.concat(Arrays.stream(words), Stream.of(images.toString()))
                        .toArray(String[]::new));
    }

    @Test
    void searchesAndShowsNothingRaw() {
        Called called = call("memory", "search", "--text", "secret");
        assertThat(called.status()).isZero();
        assertThat(called.out())
                .isEqualTo("[1] 1ffe [heap]: " + ".".repeat(30) + "a ⟦secret⟧.[2J" + ".".repeat(28) + "\n");
        assertThat(called.err()).contains("1 pages were not searched");
    }

    @Test
    void searchesForPrograms() {
        assertThat(call("memory", "search", "--hex", "736563", "--format", "json")
                        .out())
                .contains("\"address\": \"1ffe\"", "\"bytes\": \"736563\"", "\"mapping\": \"[heap]\"");
    }

    @Test
    void saysByItsExitCodeThatNothingIsThere() {
        assertThat(call("memory", "search", "--regex", "x+y").status()).isEqualTo(1);
        assertThat(call("memory", "search", "--regex", "x+y").out()).isEmpty();
        assertThat(call("memory", "search", "--pid", "9", "--text", "x").err())
                .startsWith("jmigrate: --pid: the checkpoint has no process 9, but 1\n");
        assertThat(call("memory", "search").status()).isEqualTo(2);
    }

    @Test
    void dumpsAPieceToANewFileOfTheOwner() throws IOException {
        Path file = directory.resolve("heap");
        Called called = call("memory", "dump", "--pid", "1", "--mapping", "[heap]", "-o", file.toString());
        assertThat(called.err()).contains("1 of 3 pages are not in the images: zeros stand for them");
        assertThat(called.status()).isZero();
        assertThat(Files.readAllBytes(file))
                .isEqualTo(Arrays.copyOf(Files.readAllBytes(images.resolve("pages-1.img")), 3 * 4096));
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(call("memory", "dump", "--pid", "1", "--mapping", "[heap]", "-o", file.toString())
                        .err())
                .contains("exists: it is not overwritten");
    }

    @Test
    void dumpsAPieceToStandardOutput() {
        assertThat(call("memory", "dump", "--pid", "1", "--address", "0x1ffe+6", "-o", "-")
                        .out())
                .isEqualTo("secret");
    }

    @Test
    void refusesPiecesThatAreNotThere() {
        assertThat(call("memory", "dump", "--pid", "1", "--address", "3000-5000", "-o", "x")
                        .err())
                .startsWith("jmigrate: memory dump: nothing is mapped at address 4000 in process 1\n");
        assertThat(call("memory", "dump", "--pid", "1", "--mapping", "no", "-o", "x")
                        .err())
                .startsWith("jmigrate: memory dump: process 1 has no mapping called no\n");
        assertThat(call("memory", "dump", "--pid", "1", "--address", "5000-3000", "-o", "x")
                        .status())
                .isEqualTo(2);
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void comparesAsDiffDoes() throws IOException {
        Path other = make("other", "a SECRET");
        Called same = call("diff", images.toString());
        assertThat(same.status()).isZero();
        assertThat(same.out()).isEmpty();
        Called different = call("diff", other.toString());
        assertThat(different.status()).isEqualTo(1);
        assertThat(different.out()).isEqualTo("pages\n~ [1] 1000-4000 ---p [heap]: 2 changed, 0 came, 0 went\n");
        assertThat(call("diff", "--format", "json", other.toString()).out())
                .contains("\"same\": false", "\"changed\": 2");
        Called unreadable = call("diff", "nothing");
        assertThat(unreadable.status()).isEqualTo(2);
        assertThat(unreadable.err()).contains("there is no such file");
    }
}
