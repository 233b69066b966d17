package io.jmigrate.criu.request;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a dump goes that isn't done in the way that fits most.
 *
 * @param pageServer takes the memory in place of the image directory
 * @param parent image directory of an earlier dump, relative to this dump's: memory that has not changed since isn't written again
 * @param autoDedup whether memory that is written is taken out of the parent's images
 * @param timeout how long CRIU may take to stop the tree, and be without a sign of life later; absent: as it fits most
 */
public record DumpTerms(
        Optional<PageServerAddress> pageServer, Optional<Path> parent, boolean autoDedup, Optional<Duration> timeout) {
    /** The usual way: all memory goes to the image directory. */
    public static final DumpTerms NONE = new DumpTerms(Optional.empty(), Optional.empty(), false, Optional.empty());

    public DumpTerms {
        Objects.requireNonNull(pageServer);
        Objects.requireNonNull(parent);
        Objects.requireNonNull(timeout);
        parent.filter(Path::isAbsolute).ifPresent(path -> {
            throw new IllegalArgumentException("the parent's directory must be relative, is " + path);
        });
    }

    public DumpTerms withPageServer(PageServerAddress address) {
        return new DumpTerms(Optional.of(address), parent, autoDedup, timeout);
    }

    public DumpTerms withoutPageServer() {
        return new DumpTerms(Optional.empty(), parent, autoDedup, timeout);
    }

    public DumpTerms withParent(Path directory) {
        return new DumpTerms(pageServer, Optional.of(directory), autoDedup, timeout);
    }

    public DumpTerms withAutoDedup(boolean wanted) {
        return new DumpTerms(pageServer, parent, wanted, timeout);
    }

    public DumpTerms withTimeout(Duration limit) {
        return new DumpTerms(pageServer, parent, autoDedup, Optional.of(limit));
    }

    /** Whether it takes a kernel that marks the pages which are written to. */
    public boolean isIncremental() {
        return parent.isPresent() || autoDedup;
    }
}
