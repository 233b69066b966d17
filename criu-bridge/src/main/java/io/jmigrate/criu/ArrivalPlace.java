package io.jmigrate.criu;

import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What a tree to which memory comes while it runs has to have. */
interface ArrivalPlace {
    /** Whose memory it is, for example {@code container "web"}. */
    String inSentence();

    /** The native program that brings it. */
    Path program();

    /** For CRIU and that program, to be made; removed with all that is in it. */
    Path workDirectory();

    /** Whether CRIU mounts things there, also if it brings the memory itself. */
    boolean hasMounts();

    /** Whether the tree has a user namespace of its own. */
    boolean ownUsers();

    /** Whether it has a pid namespace of its own, which dies with its first process. */
    boolean ownPids();

    /** How much memory it may have, if there is a limit. */
    OptionalLong limitBytes();

    /** The cgroup.procs files of the cgroups that nobody ends but with the tree. */
    List<Path> processFiles();

    /** The first process in the pid namespace of a root that is held. */
    ProcessRef first(ProcessRef root);

    /** Memory begins to come. @param guard lives as long as it does */
    void begins(ProcessRef guard);

    /** Nothing comes any more. */
    void ends();
}
