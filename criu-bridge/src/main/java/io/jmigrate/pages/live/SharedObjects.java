package io.jmigrate.pages.live;

import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.DeviceNumber;
import io.jmigrate.runtime.linux.Fd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the memory that processes share, each object once, however many have it mapped. All of it is files of one filesystem that is the
 * kernel's own (mm/shmem.c, shm_mnt); CRIU knows them by their inodes (criu/proc_parse.c, handle_vma, and criu/memfd.c).
 */
public final class SharedObjects {
    /** {@code 7f1c00000000-7f1c00200000 rw-s 00000000 00:01 1024   /dev/zero (deleted)} (proc_pid_maps(5)). */
    private static final Pattern SHARED =
            Pattern.compile("0*([0-9a-f]+)-0*([0-9a-f]+) ...s \\S+ ([0-9a-f]+:[0-9a-f]+) (\\d+) *(.*)");

    private static final String MEMFD = "/memfd:";
    private static final String SYSTEM_V = "/SYSV";
    /** CRIU keeps no more of a memfd's inode (criu/memfd.c, dump_memfd_inode). */
    private static final long MEMFD_ID = 0xffff_ffffL;

    private static final String DEVICE = device();

    private SharedObjects() {}

    /**
     * What these processes have mapped at this moment; of those that end meanwhile perhaps nothing. Different objects of one name are left
     * out: only the dump tells whose pages it has written then.
     */
    public static List<SharedObject> of(Collection<Integer> pids) {
        Map<SharedMemory, Set<Named>> found = new LinkedHashMap<>();
        for (int pid : pids) {
            for (String line : lines(pid)) {
                ofLine(pid, line, DEVICE).ifPresent(named -> found.computeIfAbsent(
                                named.object().memory(), _ -> new TreeSet<>(Named.ORDER))
                        .add(named));
            }
        }
        return found.values().stream()
                .filter(objects -> objects.size() == 1)
                .map(objects -> objects.iterator().next().object())
                .toList();
    }

    /** @param inode of its file @param systemV whether it is a segment of System V, whose inodes are numbers of their own */
    record Named(SharedObject object, long inode, boolean systemV) {
        private static final Comparator<Named> ORDER =
                Comparator.comparingLong(Named::inode).thenComparing(Named::systemV);
    }

    private static List<String> lines(int pid) {
        try { // names of files in it can be of any bytes
            return Files.readAllLines(Path.of("/proc/" + pid + "/maps"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // it has ended
        }
    }

    /** @param device of the kernel's own filesystem, as a line has it */
    static Optional<Named> ofLine(int pid, String line, String device) {
        Matcher mapping = SHARED.matcher(line);
        if (!mapping.matches() || !mapping.group(3).equals(device)) {
            return Optional.empty();
        }
        long inode = Long.parseLong(mapping.group(4));
        String name = mapping.group(5);
        SharedMemory memory = new SharedMemory(name.startsWith(MEMFD) ? inode & MEMFD_ID : inode);
        Path file = Path.of("/proc/" + pid + "/map_files", mapping.group(1) + "-" + mapping.group(2));
        return Optional.of(new Named(new SharedObject(memory, file), inode, name.startsWith(SYSTEM_V)));
    }

    private static String device() {
        try (Fd file = Descriptors.memfd("device", ByteBuffer.allocate(0), false)) {
            Object number = Files.getAttribute(Path.of("/proc/self/fd/" + file.number()), "unix:dev");
            DeviceNumber device = DeviceNumber.of(((Number) number).longValue());
            return "%02x:%02x".formatted(device.major(), device.minor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
