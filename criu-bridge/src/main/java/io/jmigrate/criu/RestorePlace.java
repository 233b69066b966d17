package io.jmigrate.criu;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.ProcessRef;

/** What a restored tree comes to. Called by the thread that runs the restore, in the order of the methods. */
interface RestorePlace {
    /** Who is restored, for example {@code container "web"}. */
    String inSentence();

    /** The root is in its namespaces, and none of its sockets is there yet. @param root its pid, as CRIU sees it */
    default void furnish(int root) {}

    /** CRIU has made a terminal anew whose master was not in the tree. @param master open until the restore has ended */
    default void keepTerminal(Fd master) {}

    /** The tree is complete and held. @param root its pid, as CRIU sees it */
    ProcessRef root(int root);

    /** The tree is about to run; failing here doesn't stop it. */
    void complete(ProcessRef root);

    /** It runs. */
    default void announce() {}

    /** CRIU has nothing more to do. */
    default void tidyUp() {}
}
