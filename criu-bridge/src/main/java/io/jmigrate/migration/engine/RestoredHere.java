package io.jmigrate.migration.engine;

import io.jmigrate.criu.RestoreOutcome;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.pages.later.LaterFiles;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import java.nio.file.Files;
import java.util.Optional;

/** What CRIU has made of an arrival at this host; its log is the witness of it. */
record RestoredHere(MigrationHost host, DestinationRecord entry) implements LandedTree {
    @Override
    public boolean isLetGo() {
        return RestoreOutcome.fromLog(entry.restoreLog()) == RestoreOutcome.RESUMED;
    }

    @Override
    public boolean mayLackMemory() {
        return !Files.exists(entry.images()) || new LaterFiles(entry.images()).exist();
    }

    @Override
    public void finish() {
        complete();
    }

    @Override
    public void conclude() {
        complete();
    }

    /** Nobody may have written down what CRIU has resumed. */
    private void complete() {
        ContainerId id = ContainerId.of(entry.container());
        Optional<ContainerRecord> found = host.containers().store().find(id);
        if (found.filter(container -> container.state() instanceof ContainerState.Creating)
                .isPresent()) {
            host.containers().reopenRestore(id).complete(entry.tree().orElseThrow());
        }
    }
}
