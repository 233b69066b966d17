package io.jmigrate.criu.rpc;

import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The namespaces that CRIU is started in, where they aren't the launcher's.
 *
 * @param command the words before CRIU's own, which bring it there
 * @param images number of the descriptor by which CRIU has the image directory, if it is in a pid namespace from which its client can't be seen: it
 *     looks for it in {@code /proc/CLIENT/fd} otherwise (criu/cr-service.c, setup_opts_from_req)
 */
public record Enclosure(List<String> command, OptionalInt images) {
    /** The launcher's own. */
    public static final Enclosure NONE = new Enclosure(List.of(), OptionalInt.empty());

    /** Beyond all others that CRIU is given. */
    private static final int IMAGES_NUMBER = 64;

    /** nsenter(1) becomes the program that it is given, or waits for it where it has to fork. */
    private static final String ENTER = "nsenter";

    public Enclosure {
        command = List.copyOf(command);
        Objects.requireNonNull(images);
    }

    /** A network namespace. */
    public static Enclosure network(Path namespace) {
        return new Enclosure(List.of(ENTER, "--net=" + namespace, "--"), OptionalInt.empty());
    }

    /** The pid, mount and network namespaces of a process. */
    public static Enclosure pidsOf(int pid) {
        List<String> words = new ArrayList<>(List.of(ENTER));
        for (NamespaceKind kind : List.of(NamespaceKind.MOUNT, NamespaceKind.NETWORK, NamespaceKind.PID)) {
            String option = kind == NamespaceKind.MOUNT ? "mount" : kind.procName();
            words.add("--" + option + "=" + Namespaces.path(pid, kind));
        }
        words.add("--");
        return new Enclosure(words, OptionalInt.of(IMAGES_NUMBER));
    }

    /**
     * A new pid namespace, which ends with what is restored in it.
     *
     * @param program {@code jmigrate-pidns}
     * @param root the pid that the restored root has there
     */
    public static Enclosure newPids(Path program, int root) {
        return new Enclosure(List.of(program.toString(), Integer.toString(root)), OptionalInt.of(IMAGES_NUMBER));
    }
}
