package io.jmigrate.pages;

import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Memory that somebody keeps: the port between those who do and those who bring it into processes that run already. Its content is
 * {@link PageContent#PRESENT_LAZY}.
 */
public interface PageStore extends LazyPages {
    /**
     * Where all of it is in files: then nobody needs this process to bring it.
     *
     * @return in ascending order by process and address; empty if it has to be {@linkplain #read read}
     */
    default Optional<List<StoredRun>> files() {
        return Optional.empty();
    }

    /**
     * Which of these files gets its pages only later, while the memory is brought already.
     *
     * @return empty if all is there
     */
    default Optional<LaterFile> later() {
        return Optional.empty();
    }

    /**
     * CRIU is to read what {@link #lazy} names, too: puts it where that finds it, in the image directory.
     *
     * @throws Failure PAGES_IO, PAGES_NO_SPACE
     */
    void settle();

    /**
     * Waits until all of it is known to be as it was written. What {@link #read} gives before is compared piece by piece.
     *
     * @throws Failure if it is not
     */
    void confirm();
}
