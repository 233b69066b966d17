package io.jmigrate.migration.plan;

import java.util.Set;

/**
 * Whether a container can run before all of its memory is in place; if not, nobody has to wait but the container itself, unless its memory
 * is to follow it.
 *
 * @param leaving the container
 * @param here the host where it wants to go on
 * @param checks gets what was looked at
 */
record LazyRestoreCheck(Departure leaving, HostFacts here, Checks checks) {
    private static final String SUBJECT = "lazy restore";
    private static final int MARGIN = 10;
    /** With less memory nobody asks for it: {@code io.jmigrate.criu.MemoryChoice}. */
    private static final long PAYS_FROM_BYTES = 32L << 20;

    void add() {
        Set<String> namespaces = leaving.namespaces();
        if (!leaving.memoryFollows() && leaving.size().memoryBytes() < PAYS_FROM_BYTES) {
            checks.passed(SUBJECT, "the container has too little memory to need one");
        } else if (!here.kernel().features().contains(KernelFeature.USERFAULTFD)) {
            grows("its kernel gives no userfaultfd", "choose a node whose kernel has them");
        } else if (!here.criu().lazyPages()) {
            grows("its CRIU does not find what it needs for that", "look there with: criu check --feature uffd");
        } else if (namespaces.contains("user")) {
            grows(
                    "the container has a user namespace, in which the kernel gives nobody a userfaultfd that tells of forks",
                    "give it none, if that matters more");
        } else if (!namespaces.contains("pid")) {
            grows("the container has no PID namespace of its own", "give it one");
        } else if (leaving.needs().shadowStacks()) {
            grows(
                    "a program has a shadow stack, which CRIU wants before it runs",
                    "run it without one: GLIBC_TUNABLES=glibc.cpu.x86_shstk=off");
        } else if (mayExceedItsLimit()) {
            grows(
                    "its processes may have more than nine tenths of its limit if none shares with another any more",
                    "raise its limit: jmigrate update --memory");
        } else {
            checks.passed(SUBJECT, "the container runs before its memory is in place");
        }
    }

    /** Of what processes share after a fork each gets its own if it comes later. */
    private boolean mayExceedItsLimit() {
        long limit = leaving.config()
                .path("linux")
                .path("resources")
                .path("memory")
                .path("limit")
                .asLong();
        return limit > 0 && leaving.size().memoryBytes() > limit - limit / MARGIN;
    }

    private void grows(String why, String remedy) {
        if (leaving.memoryFollows()) {
            checks.blocker(
                    SUBJECT,
                    "the container can't run there before all of its memory is in place: " + why,
                    remedy + "; or let no memory follow: --mode pre-copy");
            return;
        }
        checks.note(
                SUBJECT,
                "all memory has to be in place before the container runs, so that its downtime grows with it: " + why,
                remedy);
    }
}
