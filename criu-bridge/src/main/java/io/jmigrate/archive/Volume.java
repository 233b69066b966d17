package io.jmigrate.archive;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory of the host that is mounted into a container, and whose files an archive carries.
 *
 * @param name as podman would call it (libpod/define/config.go has the rule)
 * @param destination where it is in the container, absolute
 */
public record Volume(String name, Path destination) {
    static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";

    /** Where POSIX shared memory is (shm_open(3)), whose files have a member of their own. */
    static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private static final Pattern FORM = Pattern.compile("(?:(" + NAME + ")=)?(/.*)");

    /** @throws IllegalArgumentException with a sentence */
    public Volume {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" can't be the name of a volume: give it one, NAME=" + destination);
        }
        if (!destination.isAbsolute()) {
            throw new IllegalArgumentException("\"" + destination + "\" is no place in a container");
        }
    }

    /**
     * Reads {@code [NAME=]DESTINATION}; without a name it is the destination with dashes for slashes.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static Volume parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not [NAME=]DEST, DEST a place in the container");
        }
        Path destination = Path.of(matcher.group(2)).normalize();
        String name = matcher.group(1);
        return new Volume(name == null ? destination.toString().substring(1).replace('/', '-') : name, destination);
    }

    /** Whether it is where shared memory is. */
    boolean isSharedMemory() {
        return destination.equals(SHARED_MEMORY);
    }

    /** The member of an archive that holds its files. */
    public String member() {
        return isSharedMemory() ? ArchiveLayout.SHARED_MEMORY : ArchiveLayout.VOLUMES + "/" + name + ".tar";
    }
}
