package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.job.Job;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The note in a container's directory that its memory is still arriving: it names the process that guards this, and counts for as long
 * as that lives, or another that has taken its place brings pages still. A dump meanwhile would take what has not come for zeros.
 */
public final class ArrivingMemory {
    private static final String NOTE = "memory-arrives";
    private static final String MAPPING_FLAGS = "VmFlags:";
    private static final String PAGES_MISSING = " um";

    private ArrivingMemory() {}

    /** @param directory the container's, below the runtime root */
    static void note(Path directory, ProcessRef guard) {
        try {
            Files.writeString(directory.resolve(NOTE), guard.text() + "\n");
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    /** The memory is there, or the container isn't any more. */
    static void remove(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(NOTE));
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    /** @throws Failure MEMORY_ARRIVING if the container's memory isn't all there */
    static void refuse(Containers containers, ContainerId id, String act) {
        if (isUnderWay(containers, id)) {
            throw arriving(act, id.inSentence());
        }
    }

    /** Whether the container's memory isn't all there yet, or never will be: it dies then. */
    public static boolean isUnderWay(Containers containers, ContainerId id) {
        Path directory = containers.store().directory(id);
        try {
            ProcessRef guard =
                    ProcessRef.ofText(Files.readString(directory.resolve(NOTE)).strip());
            return Processes.alive(guard) || lacksPages(containers, id);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException | IllegalArgumentException e) {
            throw failed(directory, e instanceof IOException io ? io : new IOException("the note is damaged", e));
        }
    }

    /**
     * The same of a job: mappings to which somebody still brings pages have the flag {@code um} (proc_pid_smaps(5)).
     *
     * @throws Failure MEMORY_ARRIVING
     */
    static void refuse(Job job) {
        if (job.pidWithin().isPresent() && job.pids().stream().anyMatch(ArrivingMemory::lacksPages)) {
            throw arriving("checkpoint", job.inSentence());
        }
    }

    private static boolean lacksPages(Containers containers, ContainerId id) {
        return containers.cgroup(containers.inspect(id)).processes().stream().anyMatch(ArrivingMemory::lacksPages);
    }

    private static boolean lacksPages(int pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps"), StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.startsWith(MAPPING_FLAGS) && line.contains(PAGES_MISSING));
        } catch (IOException | UncheckedIOException e) {
            return false; // it has ended meanwhile
        }
    }

    private static Failure arriving(String act, String subject) {
        return Failure.of(
                CriuCode.MEMORY_ARRIVING,
                "cannot " + act + " " + subject + ": its memory is still arriving; it runs on");
    }

    private static Failure failed(Path directory, IOException e) {
        return Failure.of(
                        CriuCode.RESTORE_FAILED,
                        "cannot use the note about memory that arrives in " + directory + ": " + IoReason.of(e))
                .withCause(e);
    }
}
