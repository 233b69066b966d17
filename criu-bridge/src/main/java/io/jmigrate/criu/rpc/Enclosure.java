package io.jmigrate.criu.rpc;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The namespaces that CRIU is started in, where they aren't the launcher's.
 *
 * @param command the words before CRIU's own, which bring it there
 * @param hidesClient whether it is in a pid namespace from which its client can't be seen: it looks for directories and files of a call in
 *     {@code /proc/CLIENT/fd} (criu/cr-service.c, setup_opts_from_req), and has to be handed them
 */
public record Enclosure(List<String> command, boolean hidesClient) {
    /** The launcher's own. */
    public static final Enclosure NONE = new Enclosure(List.of(), false);

    // beyond all others that CRIU is given
    private static final int IMAGES_NUMBER = 64;
    private static final int CONFIG_NUMBER = 65;
    private static final int WORK_NUMBER = 66;

    private static final String DESCRIPTORS = "/proc/self/fd/";
    static final String IMAGE_DIRECTORY = DESCRIPTORS + IMAGES_NUMBER;
    static final String CONFIG_FILE = DESCRIPTORS + CONFIG_NUMBER;
    private static final String WORK_DIRECTORY = DESCRIPTORS + WORK_NUMBER;

    /** nsenter(1) becomes the program that it is given, or waits for it where it has to fork. */
    private static final String ENTER = "nsenter";

    public Enclosure {
        command = List.copyOf(command);
    }

    /** A network namespace. */
    public static Enclosure network(Path namespace) {
        return new Enclosure(List.of(ENTER, "--net=" + namespace, "--"), false);
    }

    /** The pid, mount and network namespaces of a process. */
    public static Enclosure pidsOf(int pid) {
        List<String> words = new ArrayList<>(List.of(ENTER));
        for (NamespaceKind kind : List.of(NamespaceKind.MOUNT, NamespaceKind.NETWORK, NamespaceKind.PID)) {
            String option = kind == NamespaceKind.MOUNT ? "mount" : kind.procName();
            words.add("--" + option + "=" + Namespaces.path(pid, kind));
        }
        words.add("--");
        return new Enclosure(words, true);
    }

    /**
     * A new pid namespace, which ends with what is restored in it.
     *
     * @param program {@code jmigrate-pidns}
     * @param root the pid that the restored root has there
     */
    public static Enclosure newPids(Path program, int root) {
        return new Enclosure(List.of(program.toString(), Integer.toString(root)), true);
    }

    /**
     * The configuration with where the work directory is, for a CRIU that can't see its client: it is told that in no other way.
     *
     * @param workDirectory if it is not the image directory
     */
    public CriuConfig configured(CriuConfig config, Optional<Fd> workDirectory) {
        return hidesClient && workDirectory.isPresent() ? config.with("work-dir", WORK_DIRECTORY) : config;
    }

    /** What CRIU has to be handed of a call, by number; nothing where it sees its client. */
    public Map<Integer, Fd> handed(Fd images, Optional<Fd> workDirectory, Optional<Fd> configFile) {
        Map<Integer, Fd> all = new HashMap<>();
        if (hidesClient) {
            all.put(IMAGES_NUMBER, Objects.requireNonNull(images));
            workDirectory.ifPresent(directory -> all.put(WORK_NUMBER, directory));
            configFile.ifPresent(file -> all.put(CONFIG_NUMBER, file));
        }
        return all;
    }
}
