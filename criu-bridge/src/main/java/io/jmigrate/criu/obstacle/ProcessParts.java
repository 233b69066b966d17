package io.jmigrate.criu.obstacle;

import io.jmigrate.runtime.linux.LinkedFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a process has to do with files and sockets, besides that they are open.
 *
 * @param protocols of its sockets, by descriptor, as the kernel names them
 * @param deleted what is behind descriptors of files that have lost their name, by descriptor
 * @param places where it is in the file system
 * @param mappings of files in its memory, those that no process before had
 * @param systemV whether shared memory of System V is in it
 */
record ProcessParts(
        Map<Integer, String> protocols,
        Map<Integer, LinkedFile> deleted,
        List<Place> places,
        List<Mapping> mappings,
        boolean systemV) {
    static final ProcessParts NONE = new ProcessParts(Map.of(), Map.of(), List.of(), List.of(), false);

    ProcessParts {
        protocols = Map.copyOf(protocols);
        deleted = Map.copyOf(deleted);
        places = List.copyOf(places);
        mappings = List.copyOf(mappings);
    }

    /**
     * A link of {@code /proc/PID} to where it is.
     *
     * @param title for sentences, for example {@code working directory}
     * @param target of the link
     * @param file behind it
     */
    record Place(String title, String target, LinkedFile file) {
        Place {
            Objects.requireNonNull(title);
            Objects.requireNonNull(target);
            Objects.requireNonNull(file);
        }
    }

    /**
     * A file in memory.
     *
     * @param target its name, as {@code /proc/PID/maps} has it
     * @param file behind it
     */
    record Mapping(String target, LinkedFile file) {
        Mapping {
            Objects.requireNonNull(target);
            Objects.requireNonNull(file);
        }
    }
}
