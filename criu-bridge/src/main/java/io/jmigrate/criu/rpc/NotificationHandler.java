package io.jmigrate.criu.rpc;

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
}
