package io.jmigrate.migration.transfer;

import io.jmigrate.runtime.linux.FileTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Keeps the time of change of the directory in which names come and go, which changes it. Of one alone: whoever sends decides how many there are. */
final class ParentTime {
    private Optional<Path> directory = Optional.empty();
    private long mtimeNanos;

    /** Names come and go in this one from now on; the one before has the time again that it had. */
    void enter(Path next) throws IOException {
        if (directory.filter(next::equals).isPresent()) {
            return;
        }
        leave();
        mtimeNanos = Files.getLastModifiedTime(next, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
        directory = Optional.of(next);
    }

    void leave() {
        directory.ifPresent(each -> FileTimes.setModified(each, mtimeNanos));
        directory = Optional.empty();
    }
}
