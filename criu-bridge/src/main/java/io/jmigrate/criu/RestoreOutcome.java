package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What became of a restore whose caller did not live to see its end, as CRIU's log tells it.
 *
 * <p>The line that decides is written before {@code pre-resume} is announced (criu/cr-restore.c, restore_root_task). From there on
 * nothing holds the tree back: if CRIU dies, or its caller does, the tree runs (tried with SIGKILL at either). Before it, a tree
 * whose CRIU dies waits for ever and has to be killed by whoever finds it, and one whose caller dies is killed by CRIU.
 *
 * <p>Between the answer to {@code post-restore} and that line CRIU catches every task before its first own instruction. If CRIU is
 * killed in that millisecond a task may run on; nobody outside hears of it as long as the network is unlocked only in {@code
 * pre-resume}. So kill the root before NEVER_RAN is acted upon.
 */
public enum RestoreOutcome {
    /** The tasks were let go: the tree ran, even if it has ended since. */
    RESUMED,
    /** The tasks were never let go. */
    NEVER_RAN;

    /** Announced at log level 4, which this program always asks for. */
    private static final String LETTING_GO = "Running pre-resume scripts";
    /** At log level 3 and above. */
    private static final String LET_GO = "Tasks resumed";

    /**
     * Reads CRIU's restore.log; a log that doesn't exist tells that the restore hadn't begun.
     *
     * @throws Failure IMAGES_INVALID if it can't be read: then nothing is known
     */
    public static RestoreOutcome fromLog(Path log) {
        // a tree's names and paths are in the log too, in whatever encoding
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(RestoreOutcome::tellsOfResuming) ? RESUMED : NEVER_RAN;
        } catch (NoSuchFileException e) {
            return NEVER_RAN;
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read " + log + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Only lines that CRIU itself begins, with its time stamp, count: {@code (00.219560) Running pre-resume scripts}. */
    private static boolean tellsOfResuming(String line) {
        if (!line.startsWith("(")) {
            return false;
        }
        String said = line.substring(line.indexOf(')') + 1).strip();
        return said.startsWith(LETTING_GO) || said.contains("Restore finished successfully. " + LET_GO);
    }
}
