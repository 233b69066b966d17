package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.transfer.FileSize;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcStatus;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Measures a container that runs: what vanishes or grows meanwhile makes the numbers a little wrong, as any measure of it. */
final class Measure {
    private Measure() {}

    /**
     * Bytes of memory that a dump holds: private pages, shared ones, and what is swapped out (proc_pid_status(5)). What several
     * processes share is counted for each.
     */
    static long memory(List<Integer> pids) {
        return pids.stream()
                .flatMap(pid -> ProcStatus.find(pid).stream())
                .mapToLong(status -> status.bytes("RssAnon", "RssShmem", "VmSwap"))
                .sum();
    }

    /** Bytes of private memory that is locked, at most: of each process no more than it has of private memory (proc_pid_status(5), VmLck). */
    static long locked(List<Integer> pids) {
        return pids.stream()
                .flatMap(pid -> ProcStatus.find(pid).stream())
                .mapToLong(Measure::locked)
                .sum();
    }

    static long locked(ProcStatus status) {
        return Math.min(status.bytes("VmLck"), status.bytes("RssAnon", "VmSwap"));
    }

    /** Names of a tree, and their content without its holes. */
    record Tree(long entries, long bytes) {
        Tree plus(Tree other) {
            return new Tree(entries + other.entries, bytes + other.bytes);
        }
    }

    static Tree tree(Path root) {
        TreeCount count = new TreeCount();
        try {
            Files.walkFileTree(root, count);
        } catch (IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot read the root filesystem " + root + ": " + IoReason.of(e))
                    .withCause(e);
        }
        return new Tree(count.entries, count.bytes);
    }

    private static final class TreeCount extends SimpleFileVisitor<Path> {
        private final Set<Object> counted = new HashSet<>();
        private long entries;
        private long bytes;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            entries++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            entries++;
            if (attributes.isRegularFile() && counted.add(attributes.fileKey())) {
                bytes += content(file, attributes.size());
            }
            return FileVisitResult.CONTINUE;
        }

        private static long content(Path file, long size) {
            try {
                return FileSize.of(file, size);
            } catch (IOException | LinuxException e) {
                return 0; // it has vanished
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it has vanished
        }
    }
}
