package io.jmigrate.runtime.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The children of a front by pid, as far as Java cares for them, and how those ended that nobody has asked for yet. */
final class Children {
    private static final int UNCLAIMED_MAX = 1024;

    private final Map<Integer, OneChild> running = new HashMap<>();
    private final LinkedHashMap<Integer, ExitStatus> unclaimed = new LinkedHashMap<>();
    private Optional<Throwable> lost = Optional.empty();

    private record OneChild(int pid, CompletableFuture<ExitStatus> exited) implements Child {}

    /** A child that was just started: its pid is fresh. */
    synchronized Child started(int pid) {
        unclaimed.remove(pid);
        return watch(pid);
    }

    /** A child that appeared by itself and may have ended already. */
    synchronized Child adopted(int pid) {
        Optional<ExitStatus> ended = Optional.ofNullable(unclaimed.remove(pid));
        if (ended.isPresent() && !Files.exists(Path.of("/proc/" + pid))) {
            return new OneChild(pid, CompletableFuture.completedFuture(ended.get()));
        }
        return watch(pid); // a status that is left from an earlier process of this pid says nothing about it
    }

    private Child watch(int pid) {
        OneChild child = running.computeIfAbsent(pid, fresh -> new OneChild(fresh, new CompletableFuture<>()));
        lost.ifPresent(child.exited()::completeExceptionally);
        return child;
    }

    void ended(int pid, ExitStatus status) {
        Optional<OneChild> child = remove(pid, status);
        child.ifPresent(known -> known.exited().complete(status));
    }

    private synchronized Optional<OneChild> remove(int pid, ExitStatus status) {
        OneChild child = running.remove(pid);
        if (child == null) {
            unclaimed.put(pid, status);
            if (unclaimed.size() > UNCLAIMED_MAX) {
                unclaimed.pollFirstEntry();
            }
        }
        return Optional.ofNullable(child);
    }

    /** Nobody will tell any more how the running ones end. */
    void lose(Throwable cause) {
        Map<Integer, OneChild> orphans;
        synchronized (this) {
            lost = Optional.of(cause);
            orphans = new HashMap<>(running);
            running.clear();
        }
        orphans.values().forEach(child -> child.exited().completeExceptionally(cause));
    }
}
