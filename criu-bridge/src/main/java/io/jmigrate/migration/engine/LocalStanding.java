package io.jmigrate.migration.engine;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.frozen.StandingTree;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.ByteBuffer;

/** The memory of a tree of this host that stands still. @param tree closed with this */
record LocalStanding(StandingTree tree) implements StandingMemory {
    /** @throws Failure PAGES_IO if nothing of the container is left */
    static LocalStanding of(ContainerRecord container) {
        ProcessRef root = container
                .state()
                .init()
                .filter(Processes::alive)
                .orElseThrow(
                        () -> Failure.of(PageCode.PAGES_IO, container.id().inSentence() + " has no process any more"));
        return new LocalStanding(StandingTree.of(root.pid()));
    }

    @Override
    public void read(PageTarget process, long address, ByteBuffer into) {
        tree.read(process, address, into);
    }

    @Override
    public void close() {
        tree.close();
    }
}
