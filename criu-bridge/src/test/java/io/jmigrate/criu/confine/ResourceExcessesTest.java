package io.jmigrate.criu.confine;

import static io.jmigrate.criu.confine.ConfinedImages.core;
import static io.jmigrate.criu.confine.ConfinedImages.creds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jmigrate.criu.confine.ImageExcessesTest.Case;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.TaskCore;
import io.jmigrate.criu.image.entry.ThreadCore;
import io.jmigrate.runtime.linux.RlimitResource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResourceExcessesTest {
    static List<Case> cases() {
        return List.of(
                task("resources: process 1 has the RLIMIT_NOFILE 1025 and not 1024", task -> task.getRlimitsBuilder()
                        .setRlimits(RlimitResource.NOFILE.number(), ConfinedImages.limit(1025))),
                task("resources: process 1 has the RLIMIT_RTPRIO unlimited and not 0", task -> task.getRlimitsBuilder()
                        .setRlimits(RlimitResource.RTPRIO.number(), ConfinedImages.limit(-1))),
                task("resources: process 1 has the RLIMIT_NICE 1 and not 0", task -> task.getRlimitsBuilder()
                        .setRlimits(RlimitResource.NICE.number(), ConfinedImages.limit(1))),
                task("resources: process 1 does not say what its RLIMIT_NOFILE is", TaskCore.Builder::clearRlimits),
                task("resources: process 1 has the oom_score_adj 99 and not 100", task -> task.setOomScoreAdj(99)),
                scheduled(
                        "has the nice value -1 and not 0",
                        ThreadCore.newBuilder().setSchedNice(-1)),
                scheduled(
                        "is scheduled by SCHED_RR of the priority 1",
                        ThreadCore.newBuilder().setSchedPolicy(2).setSchedPrio(1)),
                scheduled(
                        "is scheduled by SCHED_DEADLINE",
                        ThreadCore.newBuilder().setSchedPolicy(6)),
                scheduled(
                        "is scheduled by the policy 7", ThreadCore.newBuilder().setSchedPolicy(7)));
    }

    private static Case task(String excess, Consumer<TaskCore.Builder> change) {
        CoreEntry.Builder core = core(creds()).toBuilder();
        change.accept(core.getTcBuilder());
        return new Case(excess, ConfinedImages.sound().with("core-1.img", ImageKind.CORE, core.build()));
    }

    private static Case scheduled(String excess, ThreadCore.Builder thread) {
        return new Case(
                "resources: thread 1 " + excess,
                ConfinedImages.sound()
                        .with(
                                "core-1.img",
                                ImageKind.CORE,
                                core(thread.setCreds(creds()).setSeccompMode(2), 1)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesWhatIsMore(Case each) {
        assertThat(ConfinedImages.excesses(each.images()).stream().map(Excess::toString))
                .contains(each.excess());
    }

    @Test
    void findsNothingInLess() {
        Case less = scheduled("less", ThreadCore.newBuilder().setSchedPolicy(5).setSchedNice(19));
        assertThat(ConfinedImages.excesses(less.images())).isEmpty();
        Case fewer = task("fewer", task -> task.setOomScoreAdj(1000)
                .getRlimitsBuilder()
                .setRlimits(RlimitResource.NOFILE.number(), ConfinedImages.limit(3)));
        assertThat(ConfinedImages.excesses(fewer.images())).isEmpty();
    }

    /** An engine gives some without a limit, and the kernel derives others from the size of the memory. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NOFILE", "NICE", "RTPRIO"})
    void aLimitThatTheBundleDoesNotNameMayBeAnyThatGivesNoPrecedence(RlimitResource resource) {
        Case any = task(
                "", task -> task.getRlimitsBuilder().setRlimits(resource.number(), ConfinedImages.limit(1L << 40)));
        assertThat(ConfinedImages.excesses(any.images())).isEmpty();
    }

    /** As the kernel shows them of a process, each with its unit or without. */
    @Test
    void readsTheHardLimitsOfAProcess() {
        assertThat(Surroundings.hardLimits("""
                        Limit                     Soft Limit           Hard Limit           Units
                        Max cpu time              unlimited            unlimited            seconds
                        Max open files            512                  1024                 files
                        Max nice priority         0                    7
                        Max realtime priority     0                    unlimited
                        """))
                .containsOnly(entry(RlimitResource.NICE, 7L), entry(RlimitResource.RTPRIO, RlimitResource.INFINITY));
        Surroundings own = Surroundings.ofProcess((int) ProcessHandle.current().pid());
        assertThat(own.hardLimits()).containsOnlyKeys(RlimitResource.NICE, RlimitResource.RTPRIO);
    }
}
