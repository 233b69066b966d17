package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.CpuAffinity;
import io.jmigrate.runtime.config.IoPriority;
import io.jmigrate.runtime.config.MemoryPolicy;
import io.jmigrate.runtime.config.Personality;
import io.jmigrate.runtime.config.Scheduler;
import io.jmigrate.runtime.linux.SecurityModule;
import io.jmigrate.runtime.spec.Bundles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulingChecksTest {
    @TempDir
    Path bundle;

    private static ObjectNode process(ObjectNode document) {
        return Bundles.object(document, "process");
    }

    private static ObjectNode linux(ObjectNode document) {
        return Bundles.object(document, "linux");
    }

    private static void everything(ObjectNode document) {
        ObjectNode scheduler = process(document).putObject("scheduler").put("policy", "SCHED_DEADLINE");
        scheduler
                .put("runtime", 1)
                .put("deadline", 2)
                .put("period", 3)
                .putArray("flags")
                .add("SCHED_FLAG_DL_OVERRUN");
        process(document)
                .putObject("ioPriority")
                .put("class", "IOPRIO_CLASS_RT")
                .put("priority", 4);
        process(document).putObject("execCPUAffinity").put("initial", "0-2,7").put("final", "1");
        linux(document).putObject("personality").put("domain", "LINUX32");
        ObjectNode policy = linux(document).putObject("memoryPolicy").put("mode", "MPOL_INTERLEAVE");
        policy.put("nodes", "0,2").putArray("flags").add("MPOL_F_RELATIVE_NODES");
    }

    @Test
    void resolvesEverything() {
        Config config = Configs.load(Bundles.with(bundle, SchedulingChecksTest::everything));

        var scheduling = config.process().scheduling();
        assertThat(scheduling.scheduler())
                .contains(new Scheduler(Scheduler.Policy.DEADLINE, 0, 0, Set.of(Scheduler.Flag.DL_OVERRUN), 1, 2, 3));
        assertThat(scheduling.ioPriority()).contains(new IoPriority(IoPriority.Class.RT, 4));
        assertThat(scheduling.affinity()).isEqualTo(new CpuAffinity(List.of(0, 1, 2, 7), List.of(1)));
        assertThat(config.personality()).contains(Personality.LINUX32);
        assertThat(config.memoryPolicy())
                .contains(new MemoryPolicy(
                        MemoryPolicy.Mode.INTERLEAVE, Set.of(MemoryPolicy.Flag.RELATIVE_NODES), List.of(0, 2)));
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertThat(Refusals.of(bundle, document -> {
                    process(document)
                            .putObject("scheduler")
                            .put("policy", "SCHED_FAIR")
                            .put("nice", 20);
                    process(document)
                            .putObject("ioPriority")
                            .put("class", "IOPRIO_CLASS_NONE")
                            .put("priority", 8);
                    process(document)
                            .putObject("execCPUAffinity")
                            .put("initial", "3-1")
                            .put("final", "9999");
                    ObjectNode personality =
                            linux(document).putObject("personality").put("domain", "BSD");
                    personality.putArray("flags").add("ADDR_NO_RANDOMIZE");
                    linux(document)
                            .putObject("memoryPolicy")
                            .put("mode", "MPOL_BIND")
                            .putArray("flags")
                            .add("MPOL_F_X");
                }))
                .containsExactlyInAnyOrder(
                        "$.process.scheduler.policy: is not a scheduling policy: \"SCHED_FAIR\"",
                        "$.process.scheduler.nice: must be from -20 to 19, is 20",
                        "$.process.ioPriority.class: is not a class of input and output: \"IOPRIO_CLASS_NONE\"",
                        "$.process.ioPriority.priority: must be from 0 to 7, is 8",
                        "$.process.execCPUAffinity.initial: must be a list such as 0-3,7, is \"3-1\"",
                        "$.process.execCPUAffinity.final: must be a list such as 0-3,7, is \"9999\"",
                        "$.linux.personality.domain: is not a personality: \"BSD\"",
                        "$.linux.personality.flags: is not supported: the specification names no flag",
                        "$.linux.memoryPolicy.flags[0]: is not a flag: \"MPOL_F_X\"",
                        "$.linux.memoryPolicy.nodes: is required for MPOL_BIND");
    }

    @Test
    void refusesWhatAPolicyDoesNotHave() {
        assertThat(Refusals.of(bundle, document -> {
                    ObjectNode scheduler =
                            process(document).putObject("scheduler").put("policy", "SCHED_BATCH");
                    scheduler.put("priority", 1).put("deadline", 1);
                    linux(document)
                            .putObject("memoryPolicy")
                            .put("mode", "MPOL_LOCAL")
                            .put("nodes", "0");
                }))
                .containsExactlyInAnyOrder(
                        "$.process.scheduler.priority: must not be there: SCHED_BATCH has none",
                        "$.process.scheduler: has runtime, deadline or period, which SCHED_BATCH does not",
                        "$.linux.memoryPolicy.nodes: must not be there: MPOL_LOCAL has none");
        assertThat(Refusals.of(
                        bundle,
                        document -> process(document).putObject("scheduler").put("policy", "SCHED_RR")))
                .containsExactly("$.process.scheduler.priority: must be from 1 to 99 for SCHED_RR");
    }

    @Test
    void refusesLabelsOfModulesThatTheHostDoesNotUse() {
        assumeFalse(SecurityModule.APPARMOR.isEnabled(), "this host uses AppArmor");
        assumeFalse(SecurityModule.SELINUX.isEnabled(), "this host uses SELinux");

        assertThat(Refusals.of(bundle, document -> {
                    process(document).put("apparmorProfile", "web").put("selinuxLabel", "a:b:c");
                    linux(document).put("mountLabel", "a:\"b:c");
                }))
                .containsExactlyInAnyOrder(
                        "$.process.apparmorProfile: needs AppArmor, which this host's kernel does not use",
                        "$.process.selinuxLabel: needs SELinux, which this host's kernel does not use",
                        "$.linux.mountLabel: needs SELinux, which this host's kernel does not use",
                        "$.linux.mountLabel: must not hold a quotation mark, is \"a:\\\"b:c\"");
    }
}
