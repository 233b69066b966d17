package io.jmigrate.criu.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoredStreamsTest {
    private static final int WRITTEN = 0100001;
    private static final int READ = 0100000;

    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();
    private final List<String> entries = new ArrayList<>();
    private Fd fallback;

    @BeforeEach
    void open() {
        fallback = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE);
    }

    @AfterEach
    void close() {
        fallback.close();
    }

    private void had(int number, Path file, int flags, long position) throws IOException {
        Map<String, Object> now = Files.readAttributes(file, "unix:dev,ino");
        entries.add("{\"number\":%d,\"path\":\"%s\",\"device\":%s,\"inode\":%s,\"flags\":%d,\"position\":%d}"
                .formatted(number, file, now.get("dev"), now.get("ino"), flags, position));
    }

    private RestoredStreams reopened() throws IOException {
        Files.writeString(directory.resolve(HostFiles.NAME), entries.toString());
        return RestoredStreams.original(directory, new StandardStreams(fallback, fallback, fallback), warnings::add);
    }

    @Test
    void goesOnReadingWhereItWasAndAppendsWhatItWrites() throws IOException {
        Path input = Files.writeString(directory.resolve("in"), "read\nrest\n");
        Path output = Files.writeString(directory.resolve("out"), "one\n");
        had(0, input, READ, 5);
        had(1, output, WRITTEN, 2);
        had(2, Path.of("/dev/null"), WRITTEN, 0);

        try (RestoredStreams streams = reopened()) {
            ByteBuffer read = ByteBuffer.allocate(16);
            Descriptors.read(streams.streams().in(), read);
            assertThat(new String(read.array(), 0, read.position(), UTF_8)).isEqualTo("rest\n");
            Descriptors.writeFully(streams.streams().out(), ByteBuffer.wrap("two\n".getBytes(UTF_8)));
            assertThat(streams.streams().err()).isNotSameAs(fallback);
        }

        assertThat(output).hasContent("one\ntwo\n");
        assertThat(warnings).isEmpty();
    }

    @Test
    void takesTheCommandsWhereThereIsNoSuchFileAnyMore() throws IOException {
        Path rotated = Files.writeString(directory.resolve("log"), "old\n");
        had(1, rotated, WRITTEN, 0);
        Files.move(rotated, directory.resolve("log.1"));
        Files.writeString(rotated, "new\n");
        Path gone = Files.createFile(directory.resolve("gone"));
        had(2, gone, WRITTEN, 0);
        Files.delete(gone);

        try (RestoredStreams streams = reopened()) {
            assertThat(streams.streams().byNumber().values()).containsOnly(fallback);
        }

        assertThat(warnings)
                .containsExactly(
                        "the container's standard input was no file of this host: it gets this command's",
                        "the container's standard output was " + rotated
                                + ", which can't be opened again: it gets this command's",
                        "the container's standard error was " + gone
                                + ", which can't be opened again: it gets this command's");
    }

    /** As another program of that name may wait for somebody to open it. */
    @Test
    void opensNothingElseInTheirPlace() throws IOException {
        Path log = Files.createFile(directory.resolve("log"));
        had(1, log, WRITTEN, 0);
        Files.delete(log);
        Descriptors.makeFifo(log, 0600);

        try (RestoredStreams streams = reopened()) {
            assertThat(streams.streams().out()).isSameAs(fallback);
        }
    }

    @Test
    void aListThatIsNoneIsRefused() throws IOException {
        Files.writeString(directory.resolve(HostFiles.NAME), "{}");
        StandardStreams given = new StandardStreams(fallback, fallback, fallback);

        assertThatThrownBy(() -> RestoredStreams.original(directory, given, warnings::add))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.IMAGES_INVALID));
        try (RestoredStreams streams = RestoredStreams.ofCommand(given)) {
            assertThat(streams.streams()).isEqualTo(given);
        }
    }

    @Test
    void takesTheCommandsForWhatMustNotBeWrittenToNow() throws IOException {
        Path program =
                Files.copy(Path.of("/bin/sleep"), directory.resolve("sleep"), StandardCopyOption.COPY_ATTRIBUTES);
        had(1, program, WRITTEN, 0);
        Process busy = new ProcessBuilder(program.toString(), "60").start();
        try (RestoredStreams streams = reopened()) {
            assertThat(streams.streams().out()).isSameAs(fallback);
            assertThat(warnings)
                    .contains("the container's standard output was " + program
                            + ", which can't be opened again: it gets this command's");
        } finally {
            busy.destroyForcibly();
        }
    }
}
