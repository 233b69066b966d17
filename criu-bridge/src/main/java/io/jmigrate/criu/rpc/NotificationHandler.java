package io.jmigrate.criu.rpc;

/** Answers CRIU's notifications. */
@FunctionalInterface
public interface NotificationHandler {
    /** Nothing to do, and nothing against it. */
    NotificationHandler CONSENTING = _ -> true;

    /**
     * CRIU waits until this returns.
     *
     * @return whether it may go on. What a refusal brings about depends on the point: see {@link Swrk}
     */
    boolean answer(Notification notification);
}
