package io.jmigrate.criu.rpc;

import java.util.Optional;

/** Answers CRIU's notifications. */
@FunctionalInterface
public interface NotificationHandler {
    /**
     * CRIU waits until this returns.
     *
     * @return whether it may go on. What a refusal brings about depends on the point: see {@link Swrk}
     */
    boolean answer(Notification notification);

    /** The answer is on its way: whatever happens now, CRIU will read it. */
    default void answered(Notification notification, boolean consent) {}

    /**
     * Why CRIU waits in vain, if it does: it sees the end of nobody but its children, which the trees that it restores are not, and waits
     * for them without end (criu/cr-restore.c, restore_switch_stage).
     */
    default Optional<String> hopeless() {
        return Optional.empty();
    }
}
