package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process with a mount whose place has a name that is no text: one byte that UTF-8 has not. */
@Timeout(30)
class UnreadableMountIT {
    private static final String MOUNT =
            "place=$1/$(printf '\\377') && mkdir \"$place\" && mount -t tmpfs tmpfs \"$place\" && echo mounted && read -r end";

    @TempDir
    Path directory;

    private Process process;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(Processes.effectiveUid() == 0, "mounts are root's");
        process = new ProcessBuilder(
                        "unshare", "--mount", "--propagation", "private", "sh", "-c", MOUNT, "sh", directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("mounted");
    }

    @AfterEach
    void end() throws Exception {
        if (process != null) {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void hidesNoOtherMount() {
        assertThat(MountInfo.ofProcess((int) process.pid()))
                .extracting(MountInfo::mountPoint)
                .contains("/")
                .anyMatch(place -> place.startsWith(directory.toString()));
    }

    @Test
    void isNothingInTheWayOfCgroups() {
        assertThat(CgroupHierarchies.ofProcess((int) process.pid()).place(Optional.empty(), "web"))
                .isEqualTo(CgroupHierarchies.ofProcess(
                                (int) ProcessHandle.current().pid())
                        .place(Optional.empty(), "web"));
    }
}
