package io.jmigrate.pages.track;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;

/** {@code jmigrate-track}, and what has started it. */
record StartedTrackProgram(FrontConnection launcher, TrackProgram program) implements AutoCloseable {
    private static final Path NATIVE = TrackerConformance.NATIVE;

    static StartedTrackProgram open() {
        assumeTrue(Processes.effectiveUid() == 0, "the processes of others need root");
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "it is made for x86-64 alone");
        FrontConnection launcher = Launchers.openSubreaper(NATIVE.resolve("jmigrate"));
        try {
            return new StartedTrackProgram(launcher, TrackProgram.start(launcher, NATIVE.resolve("jmigrate-track")));
        } catch (RuntimeException e) {
            try (launcher) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        try (launcher) {
            program.close();
        }
    }
}
