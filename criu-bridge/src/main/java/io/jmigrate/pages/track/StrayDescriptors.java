package io.jmigrate.pages.track;

import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Userfaultfds that a process has inherited: while one thread of its parent had one, for some microseconds, another one has forked. A
 * process that has one can't be dumped.
 */
final class StrayDescriptors {
    private static final String USERFAULTFD = "anon_inode:[userfaultfd]";

    private StrayDescriptors() {}

    /** Has the process close those that are of these memories. @return whether it has none of them any more */
    static boolean close(ProcessRef process, Collection<ProtectedMemory> memories, TrackProgram program) {
        boolean all = true;
        for (int number : userfaultfds(process.pid())) {
            if (memories.stream().anyMatch(memory -> memory.isOpenIn(process.pid(), number))) {
                all &= program.closeIn(process, number);
            }
        }
        return all;
    }

    private static List<Integer> userfaultfds(int pid) {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (isUserfaultfd(descriptor)) {
                    numbers.add(Integer.valueOf(descriptor.getFileName().toString()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(); // it has ended
        }
        return numbers;
    }

    private static boolean isUserfaultfd(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(USERFAULTFD);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
