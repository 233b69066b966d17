package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something of the host that a container can have as its standard output, and what comes out of it. */
interface TestStream extends AutoCloseable {
    String EARLIER = "what was there before\n";

    /** The end for the container. */
    Fd fd();

    /** Waits until the container has written a line of digits since this was called, or of others if it can't be known. */
    void awaitLine();

    @Override
    void close();

    enum Kind {
        NULL,
        FILE,
        APPENDED_FILE,
        PIPE,
        FIFO,
        TERMINAL;

        TestStream open(Path directory) throws IOException {
            return switch (this) {
                case NULL -> new Null();
                case FILE -> new Regular(Files.createTempFile(directory, "out", ""), OpenFlag.WRITE_ONLY);
                case APPENDED_FILE ->
                    new Regular(Files.createTempFile(directory, "log", ""), OpenFlag.WRITE_ONLY, OpenFlag.APPEND);
                case PIPE -> new Reading(Descriptors.pipe());
                case FIFO -> Reading.fifo(directory);
                case TERMINAL -> Terminal.open();
            };
        }
    }

    /** Nothing comes out of it. */
    record Null(Fd fd) implements TestStream {
        Null() {
            this(Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE));
        }

        @Override
        public void awaitLine() {}

        @Override
        public void close() {
            fd.close();
        }
    }

    /** A file; one that is appended to holds a line already, which has to stay. */
    record Regular(Path file, Fd fd, boolean appended) implements TestStream {
        Regular(Path file, OpenFlag... flags) throws IOException {
            this(file, Descriptors.open(file, flags), flags.length > 1);
            if (appended) {
                Files.writeString(file, EARLIER);
            }
        }

        @Override
        public void awaitLine() {
            long before = ContainerFixture.lines(file);
            await().until(() -> ContainerFixture.lines(file) > before + 1);
            if (appended) {
                assertThat(file).content().startsWith(EARLIER);
            }
        }

        @Override
        public void close() {
            fd.close();
        }
    }

    /** A pipe. */
    record Reading(FdPair pipe) implements TestStream {
        static Reading fifo(Path directory) throws IOException {
            Path name = directory.resolve("fifo-" + System.nanoTime());
            Descriptors.makeFifo(name, 0600);
            Fd first = Descriptors.open(name, OpenFlag.NON_BLOCKING);
            Fd write = Descriptors.open(name, OpenFlag.WRITE_ONLY);
            return new Reading(new FdPair(first, write));
        }

        @Override
        public Fd fd() {
            return pipe.second();
        }

        /** What was in the pipe before may be what is read. */
        @Override
        public void awaitLine() {
            await().ignoreExceptions().until(() -> read().matches("(?s).*\\d+\n.*"));
        }

        private String read() {
            ByteBuffer bytes = ByteBuffer.allocate(4096);
            Descriptors.read(pipe.first(), bytes);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            pipe.close();
        }
    }

    /** A terminal whose other end a process reads. */
    record Terminal(Process process, BufferedReader output, Fd fd) implements TestStream {
        private static final String OPEN_AND_COPY = "import os,pty\n"
                + "m, s = pty.openpty()\n"
                + "print(os.ttyname(s), flush=True)\n"
                + "while True: os.write(1, os.read(m, 4096))";

        static Terminal open() throws IOException {
            Process process = new ProcessBuilder("python3", "-c", OPEN_AND_COPY)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader output = process.inputReader();
            return new Terminal(process, output, Descriptors.open(Path.of(output.readLine()), OpenFlag.READ_WRITE));
        }

        @Override
        public void awaitLine() {
            await().until(() -> output.readLine().matches("\\d+"));
        }

        @Override
        public void close() {
            process.destroyForcibly();
            fd.close();
        }
    }
}
