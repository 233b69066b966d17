package io.jmigrate.runtime.plan.step;

/**
 * Gives the standard streams (pipes, sockets, files, terminals) to the user that the process will be, who could not open {@code
 * /dev/stdout} otherwise. Before {@link Clone}: in a user namespace nobody may give away what belongs to the host.
 *
 * @param uid unsigned 32-bit, on the host
 */
public record OwnStreams(int uid) implements Step {
    @Override
    public String describe() {
        return "give the standard streams to user " + Integer.toUnsignedString(uid);
    }
}
