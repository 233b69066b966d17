package io.jmigrate.criu;

import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.linux.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bundle whose program checks its memory page by page all the time, and ends if one is not as it was.
 *
 * @param bundle with the file {@code rootfs/report}, which begins with {@code count N}
 * @param said what it complains of
 * @param output the same, open
 */
record CheckedMemory(Path bundle, Path said, Fd output) implements AutoCloseable {
    private static final int SOME = 20;

    static CheckedMemory make(ContainerFixture fixture, Path directory, String kind, int mebibytes) {
        Path bundle = fixture.bundle(kind, "--mib", Integer.toString(mebibytes));
        Path said = directory.resolve("said");
        return new CheckedMemory(bundle, said, ContainerFixture.fileForWriting(said));
    }

    StandardStreams streams() {
        return new StandardStreams(ContainerFixture.nullStreams().in(), output, output);
    }

    long ticks() {
        try {
            Path report = bundle.resolve("rootfs/report");
            return Files.exists(report) && Files.size(report) > 0 // it is there before its first line is
                    ? Long.parseLong(Files.readString(report).split(" ")[1])
                    : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** It runs, and goes on to do so. */
    void awaitTicks() {
        long before = ticks();
        await().until(() -> ticks() > before + SOME);
    }

    @Override
    public void close() {
        output.close();
    }
}
