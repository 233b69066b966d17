package io.jmigrate.criu;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.util.Optional;

/** What a restored tree comes to. Called by the thread that runs the restore, in the order of the methods. */
interface RestorePlace {
    /** Who is restored, for example {@code container "web"}. */
    String inSentence();

    /** The tree's first process, while it is there. @param root its pid, as CRIU sees it */
    default Optional<ProcessRef> find(int root) {
        return Processes.find(root);
    }

    /** The root is in its namespaces, and none of its sockets is there yet. @param root its pid, as CRIU sees it */
    default void furnish(int root) {}

    /** CRIU has made a terminal anew whose master was not in the tree. @param master open until the restore has ended */
    default void keepTerminal(Fd master) {}

    /** All its processes are there, and none runs: a failure ends them. */
    default void examine(ProcessRef root) {}

    /** How the tree's memory comes. */
    MemoryArrival memory();

    /** The tree is about to run; failing here doesn't stop it. */
    void complete(ProcessRef root);

    /** It runs. */
    default void announce() {}

    /** CRIU has nothing more to do. */
    default void tidyUp() {}
}
