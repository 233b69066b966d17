package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.TreeRestoration;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Memory that a lazy dump has left at its source, and that a {@code criu lazy-pages} fetches there. Who calls has started that, in CRIU's work
 * directory, and sees how it ends: this program doesn't.
 *
 * @param place where it comes
 * @param daemon as far as it can be found
 */
record DaemonMemory(ArrivalPlace place, Optional<ProcessRef> daemon) implements MemoryArrival {
    /** In CRIU's work directory (criu/uffd.c, prepare_sock_addr). */
    private static final String SOCKET = "lazy-pages.socket";

    private static final String WORD = "lazy-pages";

    /** @throws Failure IMAGES_INVALID, FEATURE_MISSING if it can't come that way */
    static DaemonMemory of(ArrivalPlace place, TreeRestoration request) {
        Path images = request.imageDirectory();
        if (request.memory() != MemoryMode.LAZY) {
            throw Failure.of(
                            CriuCode.IMAGES_INVALID,
                            images + " lacks the memory of " + place.inSentence()
                                    + ", which a lazy dump has left at its source")
                    .withRemedy(
                            "start `criu lazy-pages --page-server` in the work directory, and restore --lazy-pages");
        }
        requireForks(place);
        Path work = request.workDirectory().orElse(images);
        if (!Files.exists(work.resolve(SOCKET))) {
            throw Failure.of(
                            CriuCode.IMAGES_INVALID,
                            "cannot restore " + place.inSentence()
                                    + ": no criu lazy-pages, which would fetch its memory," + " listens in " + work)
                    .withRemedy("start it there: criu lazy-pages --page-server --address HOST --port PORT -D " + images
                            + " -W " + work);
        }
        return new DaemonMemory(place, find(work));
    }

    private static void requireForks(ArrivalPlace place) {
        if (place.ownUsers()) {
            throw Failure.of(
                    CriuCode.FEATURE_MISSING,
                    "cannot restore " + place.inSentence() + " before its memory is there: " + MemoryChoice.NO_FORKS);
        }
    }

    /** It works in that directory, wherever it was started. */
    private static Optional<ProcessRef> find(Path work) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> worksIn(pid, work))
                .findFirst()
                .flatMap(pid -> Processes.find(pid.intValue()));
    }

    private static boolean worksIn(long pid, Path work) {
        Path process = Path.of("/proc/" + pid);
        try {
            return Files.readString(process.resolve("cmdline")).contains("\0" + WORD + "\0")
                    && Files.isSameFile(process.resolve("cwd"), work);
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    @Override
    public boolean comesLater() {
        return true;
    }

    /** A dump before the daemon's end would take what has not come for zeros. */
    @Override
    public void held(ProcessRef root) {
        daemon.ifPresent(place::begins);
    }
}
