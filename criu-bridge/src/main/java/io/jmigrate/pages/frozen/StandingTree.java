package io.jmigrate.pages.frozen;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** All memory of a tree that stands still, by the pids that its processes have in the namespace of its root. Needs no images, and no CRIU. */
public final class StandingTree implements AutoCloseable {
    private final TreePids pids;
    private final Map<PageTarget, ProcessBytes> open = new HashMap<>();

    private StandingTree(TreePids pids) {
        this.pids = pids;
    }

    /** @param root pid of its first process, as this process sees it */
    public static StandingTree of(int root) {
        return new StandingTree(TreePids.of(root));
    }

    /**
     * Fills the buffer from that address on.
     *
     * @throws Failure PAGES_PROTOCOL if there is no such process, PAGES_IO if it has no such memory
     */
    public void read(PageTarget process, long address, ByteBuffer into) {
        open.computeIfAbsent(process, this::open).read(address, into);
    }

    private ProcessBytes open(PageTarget process) {
        try {
            return ProcessBytes.open(pids.of(process)
                    .orElseThrow(() -> Failure.of(PageCode.PAGES_PROTOCOL, "the tree has no " + process)));
        } catch (LinuxException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot read the memory of " + process + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    @Override
    public void close() {
        open.values().forEach(ProcessBytes::close);
    }
}
