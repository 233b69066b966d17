package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.linux.ExtendedAttributes;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Cgroups above a container's that were made for it. They have a mark, by which whoever removes the last container in one knows that
 * it was not there before: an extended attribute, which the kernel keeps as long as the cgroup (fs/kernfs/inode.c, since Linux 5.7).
 * An earlier kernel keeps none, and there they stay.
 */
final class MadeParents {
    private static final String MARK = "user.jmigrate.made";

    /** Each that fails is a container that was removed at the same time. */
    private static final int ATTEMPTS_MAX = 1000;

    private MadeParents() {}

    /**
     * Makes a container's cgroup, if it isn't there, and what is missing above it. What was there may be removed meanwhile with the last
     * container in it, and is made again: ENOENT, or ENODEV while that goes on (kernel/cgroup/cgroup.c, cgroup_mkdir).
     */
    static void makeWithin(Path cgroup) throws IOException {
        for (int attempt = 1; !Files.isDirectory(cgroup); attempt++) {
            try {
                make(cgroup.getParent());
                Files.createDirectory(cgroup);
            } catch (IOException e) {
                if (e instanceof AccessDeniedException || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private static void make(Path parent) throws IOException {
        if (Files.isDirectory(parent)) {
            return;
        }
        make(parent.getParent());
        try {
            Files.createDirectory(parent);
            ExtendedAttributes.set(parent, MARK, new byte[0]);
        } catch (FileAlreadyExistsException e) {
            // somebody else has made it meanwhile
        } catch (LinuxException e) {
            // it stays without a mark
        }
    }

    /** Removes those above a cgroup that is gone in which nothing else is. */
    static void remove(CgroupPlace place) {
        Path parent = place.directory().getParent();
        while (isMarked(parent) && new CgroupDirectory(parent).remove()) {
            parent = parent.getParent();
        }
    }

    private static boolean isMarked(Path parent) {
        try {
            return ExtendedAttributes.names(parent).contains(MARK);
        } catch (LinuxException e) {
            return false; // it is gone
        }
    }
}
