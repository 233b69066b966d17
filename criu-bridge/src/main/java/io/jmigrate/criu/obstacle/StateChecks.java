package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.linux.DeviceNumber;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks of what a process can have of a kind that CRIU knows, and that CRIU still can't make anew, or makes anew as something else. */
final class StateChecks {
    private static final String EVENTFD = "anon_inode:[eventfd]";

    /** Says Linux since 6.5 of every eventfd (fs/eventfd.c); CRIU has nothing for it in its images, and restores a counter. */
    private static final Pattern SEMAPHORE = Pattern.compile("(?m)^eventfd-semaphore:\\s*1$");

    static final String QUEUES = "mqueue";

    private StateChecks() {}

    static Stream<String> found(ContainerView view) {
        return Stream.of(semaphores(view), timers(view), sharedMemory(view), queues(view))
                .flatMap(each -> each);
    }

    private static Stream<String> semaphores(ContainerView view) {
        return view.processes().stream().flatMap(process -> process.files().stream()
                .filter(file -> file.target().equals(EVENTFD))
                .filter(file -> read(process, "fdinfo/" + file.number())
                        .filter(StateChecks::isSemaphore)
                        .isPresent())
                .map(file -> process.inSentence() + " holds an eventfd that is a semaphore (descriptor " + file.number()
                        + "), which CRIU would restore as a counter"));
    }

    static boolean isSemaphore(String fdinfo) {
        return SEMAPHORE.matcher(fdinfo).find();
    }

    private static Stream<String> timers(ContainerView view) {
        return view.processes().stream()
                .filter(process -> read(process, "timers")
                        .filter(text -> signalsThread(text, process.pid()))
                        .isPresent())
                .map(process -> process.inSentence() + " has a timer that signals its first thread (SIGEV_THREAD_ID),"
                        + " which CRIU does not find in a pid namespace");
    }

    /**
     * Whether one of a process's timers signals this thread; CRIU knows the others by their numbers inside (criu/timer.c,
     * encode_notify_thread_id).
     *
     * @param timers for example {@code notify: signal/tid.4711}, a line of each timer (proc_pid_timers(5))
     */
    static boolean signalsThread(String timers, int thread) {
        return timers.lines().anyMatch(line -> line.startsWith("notify:") && line.endsWith("/tid." + thread));
    }

    /** An identifier of System V IPC is the namespace's, and there it may be somebody else's at the restore (sysvipc(7)). */
    private static Stream<String> sharedMemory(ContainerView view) {
        Long host = Namespaces.ownInode(NamespaceKind.IPC);
        return view.processes().stream()
                .filter(process -> host.equals(process.namespaces().get(NamespaceKind.IPC)))
                .filter(process -> process.parts().systemV())
                .map(process -> process.inSentence() + " has System V shared memory in the host's IPC namespace, which"
                        + " CRIU dumps only in one of the container's own");
    }

    /** The files of a message queue's file system are queues (mq_overview(7)); CRIU dumps it where it is empty. */
    private static Stream<String> queues(ContainerView view) {
        Path root = Path.of("/proc/" + view.root() + "/root");
        return view.mounts().stream()
                .filter(mount -> mount.fstype().equals(QUEUES))
                .limit(1)
                .flatMap(mount -> names(root.resolve(Path.of("/").relativize(Path.of(mount.mountPoint())))).stream())
                .map(name -> "it has the message queue /" + name + " (mq_overview(7)), which CRIU does not dump");
    }

    /** Whether a file is such a queue that somebody has open, whatever its name. */
    static boolean isQueue(OpenFile file, List<MountInfo> mounts) {
        return mounts.stream()
                .anyMatch(mount -> mount.fstype().equals(QUEUES)
                        && DeviceNumber.of(file.dev()).equals(new DeviceNumber(mount.major(), mount.minor())));
    }

    private static List<String> names(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return List.of(); // the container has ended, or another mount covers it
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
        return names.stream().sorted().toList();
    }

    /** Empty if the process has ended, or the kernel has no such file. */
    private static Optional<String> read(TreeProcess process, String name) {
        try {
            return Optional.of(
                    Files.readString(Path.of("/proc/" + process.pid() + "/" + name), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
