package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.FrozenTree;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The source's host for a container that is ended and started anew; one that was ended counts as frozen by its cgroup. */
final class FakeRestart extends FakeSource {
    private boolean stopped;

    /** @param stopped whether it may have been ended for the migration */
    FakeRestart(Trees trees, Steps steps, Path rootfs, boolean stopped) {
        super(trees, steps, rootfs);
        this.stopped = stopped;
    }

    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public ContainerSize size(RootfsMode mode) {
        return new ContainerSize(0, 1 << 20, 100, 0, 0);
    }

    @Override
    public MemoryAhead memory(PageTaker taker) {
        return new NoMemory();
    }

    @Override
    public CompletableFuture<Void> stop() {
        steps.ask("stop");
        stopped = true;
        trees.cgroupFreezes(true);
        steps.ask("stop: done");
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void dump(Path images, DumpListener listener) {
        listener.freezing();
        listener.stopped();
        verdicts().add(listener.frozen(new FrozenTree(new ProcessRef(1, 1), images)));
    }

    @Override
    public void freeze() {}

    @Override
    public void thaw() {
        if (stopped) {
            effect("end it", () -> trees.cgroupFreezes(true));
            effect("start again", () -> trees.cgroupFreezes(false));
        }
    }
}
