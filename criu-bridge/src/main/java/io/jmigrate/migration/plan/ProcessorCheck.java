package io.jmigrate.migration.plan;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Whether programs go on with another processor. The instructions that {@code criu cpuinfo check} compares (criu/arch/x86/cpu.c) are
 * compared here by the names that /proc/cpuinfo has for them, and registers stand for the size of the area that holds them: so no node
 * has its CRIU read what another one has sent, and the difference has a name.
 *
 * @param source features of the processor that programs have seen
 * @param here those of the one where they go on
 * @param checks gets what was looked at
 */
record ProcessorCheck(List<String> source, List<String> here, Checks checks) {
    private static final String SUBJECT = "processor";
    /** Features with registers of their own: each makes the area larger that XSAVE writes. */
    private static final Set<String> WITH_REGISTERS = Set.of("avx", "mpx", "avx512f", "pku", "amx_tile", "sve");

    void add() {
        Collection<String> lacking = Checks.missing(source, here);
        Collection<String> more =
                Checks.missing(here.stream().filter(WITH_REGISTERS::contains).toList(), source);
        if (!lacking.isEmpty()) {
            checks.blocker(
                    SUBJECT,
                    "its processor lacks what programs at the source may use: " + String.join(" ", lacking),
                    "choose a node with such a processor, or hide these features from the source's machine");
        } else if (!more.isEmpty()) {
            checks.note(
                    SUBJECT,
                    "its processor has registers that the source's lacks: " + String.join(" ", more)
                            + "; a program that has asked how much room they take may save them into too little",
                    "hide these features from that node's machine, or try with a copy first");
        } else {
            checks.passed(SUBJECT, "it has all that programs at the source may use");
        }
    }
}
