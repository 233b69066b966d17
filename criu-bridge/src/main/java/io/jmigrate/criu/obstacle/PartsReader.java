package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.criu.obstacle.ProcessParts.Place;
import io.jmigrate.runtime.linux.LinkedFile;
import io.jmigrate.runtime.linux.SocketProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at what a process has to do with files and sockets. */
final class PartsReader {
    /** Links of {@code /proc/PID} and what they are to people (proc(5)). */
    private static final Map<String, String> PLACES =
            Map.of("cwd", "working directory", "root", "root directory", "exe", "program");

    private PartsReader() {}

    /**
     * What ends meanwhile is left out.
     *
     * @param pid of the process, or of a thread of it
     * @param files that it has open
     * @param mappings of the processes before
     */
    static ProcessParts read(int pid, List<OpenFile> files, MappingReader mappings) {
        Map<Integer, String> protocols = new HashMap<>();
        Map<Integer, LinkedFile> deleted = new HashMap<>();
        for (OpenFile file : files) {
            if (file.isSocket()) {
                SocketProtocol.of(pid, file.number()).ifPresent(name -> protocols.put(file.number(), name));
            } else if (file.isDeleted() && !FileChecks.isNameless(file)) {
                LinkedFile.behind(Path.of("/proc/" + pid + "/fd/" + file.number()))
                        .filter(LinkedFile::isRegular)
                        .ifPresent(found -> deleted.put(file.number(), found));
            }
        }
        List<Place> places = PLACES.keySet().stream()
                .sorted()
                .flatMap(name -> place(pid, name))
                .toList();
        MappingReader.Found memory = mappings.of(pid);
        return new ProcessParts(protocols, deleted, places, memory.files(), memory.systemV());
    }

    private static Stream<Place> place(int pid, String name) {
        Path link = Path.of("/proc/" + pid + "/" + name);
        return LinkedFile.behind(link)
                .flatMap(file -> target(link).map(target -> new Place(PLACES.get(name), target, file)))
                .stream();
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return Optional.empty(); // it has ended
        }
    }
}
