package io.jmigrate.pages.track;

import io.jmigrate.pages.live.MemoryScope;
import io.jmigrate.pages.live.ProcessPages;
import io.jmigrate.runtime.cgroup.FrozenCgroups;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Userfaultfd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Has the kernel note the writes of processes, and says of which it does not, and why. */
final class MemoryAttacher implements AutoCloseable {
    private final TrackProgram program;
    private final ComparedProcesses compared;
    private final MemoryScope scope;
    private final ByteBuffer buffer;

    /** Those that have a userfaultfd still, as they were kept from running before they could close it. */
    private final Set<ProcessRef> burdened = new HashSet<>();

    /** @param buffer of {@link ProcessPages#buffer} */
    MemoryAttacher(TrackProgram program, Consumer<String> remarks, MemoryScope scope, ByteBuffer buffer) {
        this.program = program;
        this.compared = new ComparedProcesses(remarks);
        this.scope = scope;
        this.buffer = buffer;
    }

    /**
     * @param process that runs
     * @param others whose userfaultfds it may have inherited
     * @return empty if it has to be compared by content
     */
    Optional<ProtectedMemory> attach(ProcessRef process, Collection<ProtectedMemory> others) {
        if (compared.has(process, buffer) || devicesWriteTo(process)) {
            return Optional.empty();
        }
        if (FrozenCgroups.hold(process.pid())) {
            compared.add(process, "its cgroup is frozen", false);
            return Optional.empty();
        }
        return switch (program.attach(process)) {
            case Attachment.Attached attached -> protect(process, attached, others);
            case Attachment.Refused refused -> {
                compared.add(process, refused.reason(), refused.lasting());
                yield Optional.empty();
            }
        };
    }

    private Optional<ProtectedMemory> protect(
            ProcessRef process, Attachment.Attached attached, Collection<ProtectedMemory> others) {
        try {
            Userfaultfd userfaultfd = Userfaultfd.notingWrites(attached.userfaultfd());
            StrayDescriptors.close(process, others, program);
            Optional<ProtectedMemory> memory = protect(process, userfaultfd);
            if (attached.kept() && memory.isPresent()) {
                burdened.add(process);
            }
            return memory;
        } catch (LinuxException e) {
            compared.add(process, e.getMessage(), true);
            return Optional.empty();
        }
    }

    private Optional<ProtectedMemory> protect(ProcessRef process, Userfaultfd userfaultfd) {
        try (ProcessPages pages = ProcessPages.open(process.pid(), buffer, scope)) {
            return protect(process, userfaultfd, pages, MemoryMark.of(process.pid(), pages));
        } catch (LinuxException | IOException e) {
            userfaultfd.close();
            compared.add(process, e.getMessage(), false);
            return Optional.empty();
        }
    }

    private Optional<ProtectedMemory> protect(
            ProcessRef process, Userfaultfd userfaultfd, ProcessPages pages, MemoryMark mark) throws IOException {
        try {
            return Optional.of(ProtectedMemory.over(userfaultfd, mark, pages.mappings()));
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.EBUSY)) {
                throw e;
            }
            compared.addWhile(process, mark, e.getMessage());
            return Optional.empty();
        }
    }

    /** Has it close what it could not close before. */
    void unburden(ProcessRef process, ProtectedMemory memory) {
        if (burdened.contains(process)
                && !FrozenCgroups.hold(process.pid())
                && StrayDescriptors.close(process, List.of(memory), program)) {
            burdened.remove(process);
        }
    }

    /** If so, it is compared from now on, and all of it handed over once more: of what was written so before some may have been missed. */
    boolean devicesWriteTo(ProcessRef process) {
        Optional<String> way = DeviceWrites.possibleBy(process.pid());
        way.ifPresent(by ->
                compared.add(process, "what it reads can come into its memory without a fault (" + by + ")", true));
        return way.isPresent();
    }

    /** Forgets all but these. */
    void retain(Collection<ProcessRef> processes) {
        compared.retain(processes);
        burdened.retainAll(processes);
    }

    @Override
    public void close() {
        program.close();
    }
}
