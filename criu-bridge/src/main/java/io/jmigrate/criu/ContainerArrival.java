package io.jmigrate.criu;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.container.RestoreSlot;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * A container to which memory comes. A note in its directory says so.
 *
 * @param imageDirectory may tell that its limits were changed
 */
record ContainerArrival(RestoreSlot slot, Path imageDirectory) implements ArrivalPlace {
    @Override
    public String inSentence() {
        return slot.id().inSentence();
    }

    @Override
    public Path program() {
        return slot.memoryProgram();
    }

    @Override
    public Path workDirectory() {
        return slot.workDirectory();
    }

    /** The cgroup hierarchies (criu/cgroup.c). */
    @Override
    public boolean hasMounts() {
        return true;
    }

    @Override
    public boolean ownUsers() {
        return slot.config().namespaces().isPrivate(NamespaceKind.USER);
    }

    @Override
    public boolean ownPids() {
        return slot.config().namespaces().isNew(NamespaceKind.PID);
    }

    /** As it had it at the dump, which it gets before its memory comes; -1 is none. */
    @Override
    public OptionalLong limitBytes() {
        Resources limits = ChangedLimits.read(imageDirectory)
                .map(slot::limitsAfter)
                .orElseGet(() -> slot.config().resources());
        return limits.memory().limit().stream()
                .mapToLong(Long::longValue)
                .filter(limit -> limit > 0)
                .findFirst();
    }

    @Override
    public List<Path> processFiles() {
        return slot.cgroup().processFiles();
    }

    @Override
    public ProcessRef first(ProcessRef root) {
        return root;
    }

    @Override
    public void begins(ProcessRef guard) {
        ArrivingMemory.note(slot.directory(), guard);
    }

    @Override
    public void ends() {
        ArrivingMemory.remove(slot.directory());
    }
}
