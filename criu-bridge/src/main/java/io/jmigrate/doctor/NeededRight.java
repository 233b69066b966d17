package io.jmigrate.doctor;

import io.jmigrate.runtime.linux.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The capabilities that CRIU uses and what is lacking without each (capabilities(7)). */
enum NeededRight {
    ADMIN(Capability.CAP_SYS_ADMIN, true, "namespaces and mounts can't be entered or made"),
    PTRACE(Capability.CAP_SYS_PTRACE, true, "processes can't be looked into"),
    NETWORK(Capability.CAP_NET_ADMIN, true, "connections can't be kept still and put together again"),
    FILES(Capability.CAP_DAC_OVERRIDE, true, "files of other users can't be opened"),
    SIGNALS(Capability.CAP_KILL, true, "processes of other users can't be ended"),
    USERS(Capability.CAP_SETUID, true, "processes can't be given their users back"),
    GROUPS(Capability.CAP_SETGID, true, "processes can't be given their groups back"),
    OWNERS(Capability.CAP_CHOWN, false, "files that a restore makes can't be given their owners back"),
    BOUNDS(Capability.CAP_SETPCAP, false, "restored processes can't lose capabilities that they had not"),
    ROOTS(Capability.CAP_SYS_CHROOT, false, "processes that have changed their root can't be restored"),
    DEVICES(Capability.CAP_MKNOD, false, "nodes of devices can't be made"),
    /** prlimit(2) of a process of another user; see the obstacles of a container. */
    LIMITS(
            Capability.CAP_SYS_RESOURCE,
            false,
            "a process of another uid can be dumped only in a user namespace of its own, and no limit can be raised");

    private static final String REMEDY =
            "run jmigrate where root has it: containers and some virtual machines take it away";

    private final Capability capability;
    private final boolean indispensable;
    private final String lack;

    NeededRight(Capability capability, boolean indispensable, String lack) {
        this.capability = capability;
        this.indispensable = indispensable;
        this.lack = lack;
    }

    /** What a root that has these capabilities lacks; one finding that all is well if it lacks nothing. */
    static List<Finding> of(long capabilities) {
        List<Finding> lacking = Arrays.stream(values())
                .filter(right -> (capabilities & right.capability.bit()) == 0)
                .map(NeededRight::absent)
                .toList();
        return lacking.isEmpty()
                ? List.of(Finding.ok("capabilities", "root has all that CRIU uses: " + names()))
                : lacking;
    }

    private Finding absent() {
        String sentence = "root does not have it here: " + lack;
        return indispensable
                ? Finding.problem(capability.name(), sentence, REMEDY)
                : Finding.note(capability.name(), sentence, REMEDY);
    }

    private static String names() {
        return Arrays.stream(values()).map(right -> right.capability.name()).collect(Collectors.joining(", "));
    }
}
