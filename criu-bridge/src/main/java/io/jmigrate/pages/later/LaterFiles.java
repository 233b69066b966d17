package io.jmigrate.pages.later;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The three files, below an arrival's image directory.
 *
 * @param directory where they are; they go with it
 */
public record LaterFiles(Path directory) {
    /** The file of pages. */
    public Path memory() {
        return directory.resolve("memory");
    }

    Path come() {
        return directory.resolve("come");
    }

    Path awaited() {
        return directory.resolve("awaited");
    }

    /** Pages and their place. @param offset of the first one in the file of pages, in bytes */
    public record Placed(PageRun run, long offset) {
        long offsetOf(long address) {
            return offset + (address - run.address());
        }
    }

    /**
     * Writes down what is still to come.
     *
     * @param placed all of the memory, in ascending order by process and address
     * @param come bits of the pages that are in the file of pages already
     * @return the file of bits
     * @throws Failure PAGES_IO
     */
    public Fd begin(List<Placed> placed, long[] come) {
        try {
            AwaitedList.write(awaited(), placed);
            ByteBuffer bits = ByteBuffer.allocate(Math.multiplyExact(come.length, Long.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bits.asLongBuffer().put(come);
            write(come(), bits);
            return Descriptors.open(come());
        } catch (IOException | LinuxException e) {
            throw failed(directory, e);
        }
    }

    /** Whether memory is still to come, as far as the files tell; not of an arrival all of whose memory has come before it ran. */
    public boolean exist() {
        return Files.exists(awaited());
    }

    static void write(Path file, ByteBuffer content) throws IOException {
        try (Fd fd = Descriptors.open(file, 0600, OpenFlag.WRITE_ONLY, OpenFlag.CREATE, OpenFlag.EXCLUSIVE)) {
            Descriptors.writeFully(fd, content);
        }
    }

    static Failure failed(Path directory, Exception e) {
        return Failure.of(
                        PageCode.PAGES_IO,
                        "cannot use the memory that is to come in " + directory + ": " + IoReason.of(e))
                .withCause(e);
    }
}
