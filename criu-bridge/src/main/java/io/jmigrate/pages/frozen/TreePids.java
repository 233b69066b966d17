package io.jmigrate.pages.frozen;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.linux.ProcStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of a tree, by the pid that they have in the namespace of its root, as CRIU's images have them. */
final class TreePids {
    private final Map<Long, Integer> pids;

    private TreePids(Map<Long, Integer> pids) {
        this.pids = pids;
    }

    /** @param root pid of its first process, as this process sees it */
    static TreePids of(int root) {
        Map<Long, Integer> pids = new HashMap<>();
        int level = namespacePids(root).map(List::size).orElse(1);
        Stream<Long> tree = ProcessHandle.of(root).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid);
        for (long pid : tree.toList()) {
            namespacePids((int) pid)
                    .filter(numbers -> numbers.size() >= level)
                    .ifPresent(numbers -> pids.put((long) numbers.get(level - 1), (int) pid));
        }
        return new TreePids(pids);
    }

    private static Optional<List<Integer>> namespacePids(int pid) {
        return ProcStatus.find(pid).map(ProcStatus::namespacePids).filter(numbers -> !numbers.isEmpty());
    }

    /** A process, as this process sees it; memory that several share is no process's. */
    Optional<Integer> of(PageTarget target) {
        return target instanceof PageTarget.ProcessMemory(long id)
                ? Optional.ofNullable(pids.get(id))
                : Optional.empty();
    }

    /** Whose memory it is, as this process sees it. @throws ImageException if that process is not there */
    int of(LazyPagemap pagemap) throws ImageException {
        Integer pid = pids.get(pagemap.process().id());
        if (pid == null) {
            throw new ImageException(pagemap.file().getFileName() + " is of a process that is not there");
        }
        return pid;
    }
}
