package io.jmigrate.runtime.plan;

/**
 * What a container's hooks in its own namespaces read of its state, as JSON in which the pid is 0: what it really is only the process
 * there knows.
 *
 * @param creating while the container is made
 * @param created before its program runs
 */
public record HookStates(String creating, String created) {
    /** For containers without such hooks. */
    public static final HookStates NONE = new HookStates("{\"pid\":0}", "{\"pid\":0}");

    private static final String PID = "\"pid\":0";

    public HookStates {
        requirePid(creating);
        requirePid(created);
    }

    private static void requirePid(String state) {
        if (!state.contains(PID)) {
            throw new IllegalArgumentException("a state without a pid that is 0: " + state);
        }
    }

    static String beforePid(String state) {
        return state.substring(0, state.indexOf(PID) + PID.length() - 1);
    }

    static String afterPid(String state) {
        return state.substring(state.indexOf(PID) + PID.length());
    }
}
