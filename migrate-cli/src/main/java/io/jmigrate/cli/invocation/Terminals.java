package io.jmigrate.cli.invocation;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;

/** Tells terminals from files and pipes by the names that the kernel gives them, which costs one readlink. */
final class Terminals {
    private Terminals() {}

    static boolean is(Fd fd) {
        String target = Descriptors.target(fd);
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }
}
