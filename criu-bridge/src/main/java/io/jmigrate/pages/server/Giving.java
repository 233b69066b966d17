package io.jmigrate.pages.server;

import io.jmigrate.runtime.failure.Failure;

/** How it has ended that a tree's memory was given away. */
public sealed interface Giving {
    /**
     * Somebody has all that is needed: the tree is theirs.
     *
     * @param unasked bytes that the program gave up before they were asked for
     */
    record Complete(long unasked) implements Giving {}

    /** Nobody has got anything: the tree can't have run elsewhere. @param why it ended */
    record NotBegun(Failure why) implements Giving {}

    /**
     * Somebody has got some, and the tree may have run elsewhere; what it lacks it doesn't get any more.
     *
     * @param why it ended
     * @param bytes that were given
     * @param bytesOfAll how many there are
     */
    record CutOff(Failure why, long bytes, long bytesOfAll) implements Giving {}
}
