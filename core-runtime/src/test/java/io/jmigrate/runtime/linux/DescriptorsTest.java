package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
    @TempDir
    private Path directory;

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void writesAndReadsFilesWithHeapAndDirectBuffers() throws IOException {
        Path file = directory.resolve("größe");
        try (Fd fd = Descriptors.open(file, 0600, OpenFlag.READ_WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE)) {
            Descriptors.writeFully(fd, bytes("hello"));
            ByteBuffer direct = ByteBuffer.allocateDirect(16);
            direct.put(bytes(" world")).flip();
            assertThat(Descriptors.pwrite(fd, direct, 5)).isEqualTo(6);
            ByteBuffer back = ByteBuffer.allocateDirect(16);
            assertThat(Descriptors.pread(fd, back, 6)).isEqualTo(5);
            assertThat(Descriptors.pread(fd, ByteBuffer.allocate(4), 100)).isZero();
            Descriptors.fsync(fd);
            assertThat(Descriptors.target(fd)).isEqualTo(file.toRealPath().toString());
        }
        assertThat(file).hasContent("hello world");
    }

    @Test
    void namesCallSubjectAndReason() {
        assertThatThrownBy(() -> Descriptors.open(directory.resolve("none")))
                .isInstanceOf(LinuxException.class)
                .hasMessage("open " + directory.resolve("none") + ": no such file or directory")
                .extracting(e -> ((LinuxException) e).errno())
                .isEqualTo(Errno.ENOENT);
    }

    @Test
    void opensBelowADirectoryAndFollowsNoLink() throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        Files.writeString(directory.resolve("a/b/file"), "within");
        Files.createSymbolicLink(directory.resolve("a/link"), Path.of("b"));
        try (Fd root = Descriptors.open(directory, OpenFlag.PATH, OpenFlag.DIRECTORY)) {
            try (Fd file = Descriptors.openBeneath(root, "a/b/file")) {
                assertThat(file.procPath()).hasContent("within");
            }
            isRefused(root, "a/link/file", "ELOOP");
            isRefused(root, "a/link", "ELOOP");
            isRefused(root, "..", "EXDEV");
            isRefused(root, directory.toString(), "EXDEV");
        }
    }

    private static void isRefused(Fd root, String path, String errno) {
        assertThatThrownBy(() -> Descriptors.openBeneath(root, path, OpenFlag.PATH))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).hasToString(errno));
    }

    @Test
    void closesOnceAndIsNotUsedAfterwards() {
        Fd fd = Descriptors.open(directory, OpenFlag.DIRECTORY);
        fd.close();
        fd.close();
        assertThat(fd.isOpen()).isFalse();
        assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void joinsTheEndsOfAPipe() throws IOException {
        FdPair pipe = Descriptors.pipe();
        try (FdOutputStream out = new FdOutputStream(pipe.second())) {
            out.write(bytes("through").array());
            out.write('!');
        }
        try (FdInputStream in = new FdInputStream(pipe.first())) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("through!").array());
        }
    }

    @Test
    void movesBytesBetweenPipesWithoutReadingThem() throws IOException {
        try (FdPair from = Descriptors.pipe();
                FdPair to = Descriptors.pipe();
                FdChannel out = new FdChannel(Descriptors.duplicate(from.second()));
                FdChannel in = new FdChannel(Descriptors.duplicate(to.first()))) {
            assertThat(out.write(bytes("abc"))).isEqualTo(3);
            assertThat(Descriptors.splice(from.first(), to.second(), 100)).isEqualTo(3);
            ByteBuffer back = ByteBuffer.allocate(8);
            assertThat(in.read(back)).isEqualTo(3);
        }
    }

    @Test
    void sealsWhatNobodyMayChange() {
        try (Fd memory = Descriptors.memfd("plan", bytes("content"), true)) {
            ByteBuffer back = ByteBuffer.allocate(16);
            assertThat(Descriptors.pread(memory, back, 0)).isEqualTo(7);
            assertThatThrownBy(() -> Descriptors.pwrite(memory, bytes("x"), 0)).hasMessageContaining("not permitted");
        }
    }

    @Test
    void makesAFifoWithItsExactMode() throws IOException {
        Path fifo = directory.resolve("fifo");
        Descriptors.makeFifo(fifo, 0622);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fifo)))
                .isEqualTo("rw--w--w-");
        assertThatThrownBy(() -> Descriptors.makeFifo(fifo, 0622)).hasMessageContaining("file exists");
    }
}
