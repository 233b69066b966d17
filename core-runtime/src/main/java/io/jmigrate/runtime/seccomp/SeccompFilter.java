package io.jmigrate.runtime.seccomp;

import java.util.List;
import java.util.Set;

/**
 * A profile compiled for this host.
 *
 * @param defaultAction on calls that no rule is about
 * @param rules how many were compiled, each about one call
 * @param program for the kernel
 * @param flags for seccomp(2)
 * @param notifies whether there has to be a listener
 * @param passedOver names of system calls that were left out, as runc does, since this libseccomp doesn't know them
 */
public record SeccompFilter(
        SeccompAction defaultAction,
        int rules,
        FilterProgram program,
        Set<SeccompFlag> flags,
        boolean notifies,
        List<String> passedOver) {
    public SeccompFilter {
        passedOver = List.copyOf(passedOver);
    }
}
