package io.jmigrate.pages.store;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageSink;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes image directories of memory that comes in rounds. A round before the last is a directory of its own below the image
 * directory; the round after it names it as its parent by a link, as CRIU's incremental dumps do (criu/image.c, open_parent), so
 * that a restore finds there what did not change. The last round is in the image directory itself.
 */
public final class RoundImages {
    /** Each takes room in memory and time at the restore. */
    private static final int ROUNDS_MAX = 16;

    private final Path directory;
    private int rounds;

    /** @param directory existing image directory */
    public RoundImages(Path directory) {
        this.directory = directory;
    }

    /**
     * Where a round goes that is not the last; the one before it must be finished.
     *
     * @throws Failure PAGES_PROTOCOL if it is one too many, PAGES_IO
     */
    public PageSink nextRound() {
        if (rounds == ROUNDS_MAX) {
            throw Failure.of(PageCode.PAGES_PROTOCOL, "memory comes in more than " + ROUNDS_MAX + " rounds");
        }
        rounds++;
        Path round = directory.resolve(name(rounds));
        try {
            Files.createDirectory(
                    round, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (rounds > 1) {
                Files.createSymbolicLink(round.resolve(PageImages.PARENT_LINK), Path.of("..", name(rounds - 1)));
            }
        } catch (IOException e) {
            throw failed(round, e);
        }
        return new ImageDirectorySink(round);
    }

    /** Where the last round goes. @throws Failure PAGES_IO */
    public PageSink lastRound() {
        if (rounds > 0) {
            Path link = directory.resolve(PageImages.PARENT_LINK);
            try {
                Files.createSymbolicLink(link, Path.of(name(rounds)));
            } catch (IOException e) {
                throw failed(link, e);
            }
        }
        return new ImageDirectorySink(directory);
    }

    private static String name(int round) {
        return "round-" + round;
    }

    private static Failure failed(Path path, IOException e) {
        return Failure.of(PageCode.PAGES_IO, "cannot make " + path + " for memory images: " + IoReason.of(e))
                .withCause(e);
    }
}
