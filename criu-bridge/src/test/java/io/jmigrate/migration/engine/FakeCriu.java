package io.jmigrate.migration.engine;

import io.jmigrate.migration.engine.Trees.Destination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The CRIU of one restore, which may outlive the process that asked for it. */
final class FakeCriu {
    /** Who brings memory dies, and takes the tree along. */
    enum Loss {
        NONE,
        /** As soon as that runs. */
        AT_ONCE,
        /** As soon as that runs, and something else fails besides. */
        UNSAID,
        /** When all memory has come, and before all is in place. */
        IN_THE_END
    }

    private final Trees trees;
    final Path log;
    boolean consent;
    boolean over;
    Loss loss = Loss.NONE;

    /** @param directory of the destination */
    FakeCriu(Trees trees, Path directory) {
        this.trees = trees;
        this.log = directory.resolve("restore.log");
    }

    /** Who brings the memory of the tree is killed. */
    void loseMemory(Loss when) {
        loss = when;
    }

    private void say(String line) {
        try {
            Files.writeString(log, "(00.219560) " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void begin() {
        Directories.remove(log);
        consent = false;
        over = false;
    }

    void hold() {
        say("Running post-restore scripts");
        trees.destination(Destination.HELD);
    }

    /** From here on nothing holds the tree back. */
    void letGo() {
        say("Running pre-resume scripts");
        trees.destination(Destination.RUNS_UNHEARD);
        over = true;
    }

    void kill() {
        trees.destination(Destination.NONE);
        over = true;
    }

    /** What is left to do when its client has gone: it acts on what it has read, else it kills the tree. */
    void finishAlone() {
        if (!over && trees.destination() == Destination.HELD) {
            if (consent) {
                letGo();
            } else {
                kill();
            }
        }
        over = true;
    }

    /** Killed together with its client: the tree stays as it is. */
    void dies() {
        over = true;
    }
}
