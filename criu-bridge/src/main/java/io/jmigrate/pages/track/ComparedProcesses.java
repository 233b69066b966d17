package io.jmigrate.pages.track;

import io.jmigrate.pages.live.ProcessPages;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Processes that are compared by content, as nothing else can be done, and what was said of them: once of each. */
final class ComparedProcesses {
    private final Consumer<String> remarks;
    private final Set<ProcessRef> lasting = new HashSet<>();
    private final Map<ProcessRef, MemoryMark> othersMemories = new HashMap<>();
    private final Set<ProcessRef> remarked = new HashSet<>();

    ComparedProcesses(Consumer<String> remarks) {
        this.remarks = remarks;
    }

    /** @param lasting whether that stays so */
    void add(ProcessRef process, String reason, boolean lasting) {
        if (Processes.alive(process) && remarked.add(process)) {
            remarks.accept("the memory of process " + process.pid() + " is compared by content: " + reason);
        }
        if (lasting) {
            this.lasting.add(process);
        }
    }

    /** As long as it has this memory, which somebody else follows. */
    void addWhile(ProcessRef process, MemoryMark mark, String reason) {
        add(process, reason, false);
        othersMemories.put(process, mark);
    }

    /** Whether it is in vain to try anything else. */
    boolean has(ProcessRef process, ByteBuffer buffer) {
        return lasting.contains(process) || hasOthersMemory(process, buffer);
    }

    private boolean hasOthersMemory(ProcessRef process, ByteBuffer buffer) {
        MemoryMark mark = othersMemories.get(process);
        if (mark == null) {
            return false;
        }
        try (ProcessPages pages = ProcessPages.open(process.pid(), buffer)) {
            return mark.isIn(pages);
        } catch (LinuxException e) {
            return true; // it has ended
        }
    }

    void retain(Collection<ProcessRef> processes) {
        lasting.retainAll(processes);
        othersMemories.keySet().retainAll(processes);
        remarked.retainAll(processes);
    }
}
