package io.jmigrate.criu.log;

import java.util.List;

/** Causes that lie in open files. */
final class FileCauses {
    private static final String SAME_FILES = "give the root filesystem as it was at the checkpoint";
    private static final String CLOSE_IT = "let the program close it, or end that process";

    static final List<KnownCause> ALL = List.of(
            KnownCause.of(
                    "Can't lookup mount=-?\\d+ for fd=-?\\d+ path=\\S+",
                    "a process holds a file that no mount of the container shows",
                    CLOSE_IT),
            KnownCause.of(
                    "Can't dump file \\d+ of that type|Unknown shit \\d+ \\(anon_inode",
                    "a process holds a file of a kind that CRIU can't dump",
                    CLOSE_IT),
            KnownCause.of(
                    "Can't dump ghost file \\S+ of \\d+ size, increase limit",
                    "a deleted file that is open is larger than 256 MiB",
                    CLOSE_IT),
            KnownCause.of(
                    "Can't create link remap for",
                    "an open file has lost its name, and none can be made for it in its directory",
                    "make the root filesystem writable for the checkpoint"),
            KnownCause.of(
                    "Can't link \\S*link_remap\\.\\d+ -> ",
                    "an open file had lost the name of its opening, and the one that CRIU had given it is gone: it is there"
                            + " for the first restore alone, and not after a checkpoint that let the tree go on",
                    "restore once, from a checkpoint that ended the tree; or have the program keep the name of the file"),
            KnownCause.of("Some file locks are hold by dumping tasks", "a process holds a lock on a file", CLOSE_IT),
            KnownCause.of(
                    "File \\S+ has bad (size|mode)",
                    "a file that was open has changed since the checkpoint",
                    SAME_FILES),
            KnownCause.of(
                    "Can't open file \\S+( on restore|: No such file)", "a file that was open is missing", SAME_FILES),
            KnownCause.of(
                    "Open files on overmounted mounts",
                    "a process holds a file below a mount that another one covers",
                    CLOSE_IT),
            KnownCause.of(
                    "fsnotify: Can't find suitable path",
                    "a file that a process watches (inotify) can't be found by a path",
                    "let the program end its watch, or watch a file on another filesystem"),
            KnownCause.of(
                    "Can't chose service_fd_base",
                    "the limit of open files is lower here than at the checkpoint",
                    "raise RLIMIT_NOFILE where jmigrate runs"),
            KnownCause.of(
                    "tty: Found (dangling tty|slave peer)",
                    "a process has a terminal whose other end is not part of the tree",
                    CLOSE_IT),
            KnownCause.of("The packetized mode for pipes", "a pipe keeps the bounds of packets (O_DIRECT)", CLOSE_IT));

    private FileCauses() {}
}
