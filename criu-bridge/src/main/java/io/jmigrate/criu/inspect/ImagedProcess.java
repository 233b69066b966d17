package io.jmigrate.criu.inspect;

import java.util.Objects;

/**
 * A process in a checkpoint.
 *
 * @param pid in its pid namespace, as all ids here
 * @param parent 0 for the root
 * @param group its process group
 * @param session its session
 * @param threads how many it has, the first one included
 * @param state {@code alive}, {@code stopped}, {@code zombie}, {@code dead}, or {@code unknown}
 * @param command the name of its program, at most 15 characters if the kernel wrote it; empty if the images don't tell
 */
public record ImagedProcess(int pid, int parent, int group, int session, int threads, String state, String command) {
    public ImagedProcess {
        Objects.requireNonNull(state);
        Objects.requireNonNull(command);
    }
}
