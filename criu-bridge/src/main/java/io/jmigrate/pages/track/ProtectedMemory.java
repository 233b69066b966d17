package io.jmigrate.pages.track;

import io.jmigrate.pages.live.AddressRange;
import io.jmigrate.pages.live.ProcessPages;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.PagemapScan;
import io.jmigrate.runtime.linux.Userfaultfd;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The memory of one process, whose writes the kernel notes.
 *
 * <p>Mappings that are new, or were moved, are not registered: the kernel refuses to scan them, and may have protected pages of their
 * neighbours by then without telling. So all of what was asked for counts as written, is registered, and protected before it is
 * handed over. A mapping that can't be registered counts as written in each round.
 */
final class ProtectedMemory implements AutoCloseable {
    /** Somebody else has it, or it is no more, for which the kernel has two words (fs/userfaultfd.c, mmget_not_zero). */
    private static final Set<Errno> LASTING = Set.of(Errno.EBUSY, Errno.ESRCH, Errno.ENOMEM);

    private final Userfaultfd memory;
    private final MemoryMark mark;
    private boolean first = true;
    private boolean lost;

    private ProtectedMemory(Userfaultfd memory, MemoryMark mark) {
        this.memory = memory;
        this.mark = mark;
    }

    /**
     * Registers all that there is. That comes before any scan: memory that two processes share (vfork(2)) has one of them followed alone,
     * as each scan would take from the other.
     *
     * @param memory closed with this, and if this fails
     * @param mark of the same memory
     * @throws LinuxException EBUSY if another userfaultfd has it, ESRCH or ENOMEM if it is no more, as the process has executed a program
     */
    static ProtectedMemory over(Userfaultfd memory, MemoryMark mark, List<AddressRange> mappings) {
        ProtectedMemory made = new ProtectedMemory(memory, mark);
        try {
            for (AddressRange mapping : mappings) {
                made.register(mapping);
            }
            return made;
        } catch (RuntimeException e) {
            try (memory) {
                throw e;
            }
        }
    }

    /** Whether this is the memory that the process had when these were opened. */
    boolean isOf(ProcessPages pages) {
        return mark.isIn(pages);
    }

    /** Whether the process may have another memory by now, or somebody else follows this one. */
    boolean lost() {
        return lost;
    }

    /** Whether that descriptor of another process is the one that this was made with. */
    boolean isOpenIn(int pid, int descriptor) {
        return memory.isOpenIn(pid, descriptor);
    }

    /**
     * Hands over what was written since it was asked before.
     *
     * @param taker is told of runs of such pages; says how many bytes it has taken
     * @param registers whether new mappings are followed from now on. That joins them with their neighbours: one who reads the list of
     *     mappings meanwhile, as CRIU does of a tree that stands still, finds some twice (fs/proc/task_mmu.c, m_next)
     * @return bytes handed over
     */
    long changed(ProcessPages pages, PagemapScan scan, ToLongFunction<AddressRange> taker, boolean registers)
            throws IOException {
        Walk walk = new Walk(pages, scan, taker);
        PagemapScan.Choice choice = first ? PagemapScan.Choice.ALL_ANEW : PagemapScan.Choice.WRITTEN_ANEW;
        for (AddressRange mapping : pages.mappings()) {
            changed(walk, mapping, choice, registers);
        }
        first = false;
        return walk.bytes();
    }

    private void changed(Walk walk, AddressRange mapping, PagemapScan.Choice choice, boolean registers) {
        walk.over(mapping, choice).ifPresent(rest -> {
            if (!registers || !registered(rest)) {
                walk.own(rest);
                return;
            }
            walk.over(rest, PagemapScan.Choice.ALL_ANEW).ifPresent(still -> {
                lost = true; // what was registered is not what is scanned, unless that has changed again meanwhile
                walk.own(still);
            });
        });
    }

    private boolean registered(AddressRange mapping) {
        try {
            return register(mapping);
        } catch (LinuxException e) {
            lost = true;
            return false;
        }
    }

    /** @return false if it is not there any more, or is of a kind that can't be. @throws LinuxException EBUSY, ESRCH or ENOMEM */
    private boolean register(AddressRange mapping) {
        try {
            memory.register(mapping.start(), mapping.end());
        } catch (LinuxException e) {
            if (LASTING.contains(e.errno())) {
                throw e;
            }
            return false;
        }
        return unprotected(mapping);
    }

    /** A mapping that was moved may have protected pages, which would never count as written. */
    private boolean unprotected(AddressRange mapping) {
        try {
            memory.unprotect(mapping.start(), mapping.end());
            return true;
        } catch (LinuxException e) {
            lost = true; // it has changed meanwhile
            return false;
        }
    }

    /** @return bytes that would be handed over */
    static long pending(ProcessPages pages, PagemapScan scan) throws IOException {
        Walk walk = new Walk(pages, scan, AddressRange::bytes);
        for (AddressRange mapping : pages.mappings()) {
            walk.over(mapping, PagemapScan.Choice.WRITTEN).ifPresent(walk::own);
        }
        return walk.bytes();
    }

    @Override
    public void close() {
        memory.close();
    }
}
