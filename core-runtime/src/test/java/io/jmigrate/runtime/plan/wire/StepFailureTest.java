package io.jmigrate.runtime.plan.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.FindExecutable;
import io.jmigrate.runtime.plan.step.JoinCgroup;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.SetUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepFailureTest {
    @Test
    void saysWhatWasToBeDoneAndWhyItWasNot() {
        Mount bind =
                new Mount("/data", "/data", "", Set.of(MountFlag.BIND), Optional.empty(), "", Mount.Target.DIRECTORY);
        assertThat(new StepFailure(bind, Errno.ENOENT).sentence())
                .isEqualTo("bind /data onto /data: no such file or directory");
        assertThat(new StepFailure(new JoinCgroup(Path.of("/sys/fs/cgroup/a/cgroup.procs")), Errno.EACCES).sentence())
                .isEqualTo("join the cgroup /sys/fs/cgroup/a: permission denied");
        assertThat(new StepFailure(new SetUser(-1, 5, List.of()), new Errno(999)).toFailure())
                .hasMessage("become user 4294967295 and group 5: error 999")
                .extracting("code")
                .isEqualTo(RuntimeCode.INIT_FAILED);
    }

    @Test
    void saysWhatTheKernelOnlyHintsAt() {
        Mount copying = new Mount(
                "tmpfs", "/data", "tmpfs", Set.of(), Set.of(), Optional.empty(), "", Mount.Target.DIRECTORY, true);
        assertThat(new StepFailure(copying, Errno.EINVAL).sentence())
                .endsWith("a file to be copied belongs to an id that the user namespace does not map");
        assertThat(new StepFailure(copying, Errno.ENOSPC).sentence())
                .isEqualTo("mount tmpfs onto /data: no space left on device");
    }

    @Test
    void speaksOfMissingProgramsAsRuncDoes() {
        assertThat(new StepFailure(new FindExecutable("redis", "/bin"), Errno.ENOENT).toFailure())
                .hasMessage("exec: \"redis\": executable file not found in $PATH")
                .extracting("code")
                .isEqualTo(RuntimeCode.COMMAND_NOT_FOUND);
        assertThat(new StepFailure(new FindExecutable("/redis", "/bin"), Errno.EACCES).toFailure())
                .hasMessage("exec: \"/redis\": permission denied")
                .extracting("code")
                .isEqualTo(RuntimeCode.NOT_EXECUTABLE);
        assertThat(new StepFailure(new Execute(List.of("a"), List.of(), 0), Errno.ENOEXEC).toFailure())
                .hasMessage("exec a: exec format error")
                .extracting("code")
                .isEqualTo(RuntimeCode.NOT_EXECUTABLE);
    }
}
