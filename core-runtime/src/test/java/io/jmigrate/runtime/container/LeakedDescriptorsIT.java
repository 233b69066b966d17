package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.SecurityLabels;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Descriptors of the host that a container could get hold of, or stand in (CVE-2024-21626). */
class LeakedDescriptorsIT extends OnRealHost {
    @Test
    void areThereNone() {
        List<String> listed = List.of("0", "1", "2", "3"); // the last one is the listing itself
        assertThat(host.run(host.bundle().running("/bin/ls", "/proc/self/fd")).output())
                .isEqualTo(listed);
        ContainerRecord record = host.start(host.bundle());

        assertThat(host.exec(record.id(), "/bin/ls", "/proc/self/fd").output()).isEqualTo(listed);
        assertThat(host.exec(record.id(), "/bin/ls", "/proc/1/fd").output()).containsExactly("0", "1", "2");
    }

    @Test
    void areNoWorkingDirectoryOfAContainer() {
        for (int number = 3; number < 12; number++) {
            String cwd = "/proc/self/fd/" + number;
            TestBundle bundle = host.bundle().changed(config -> ((ObjectNode) config.get("process")).put("cwd", cwd));

            Failure failure = catchThrowableOfType(Failure.class, () -> host.run(bundle.shell("ls /; ls ..")));

            assertThat(failure.code()).as(cwd).isEqualTo(RuntimeCode.INIT_FAILED);
        }
    }

    @Test
    void areNoWorkingDirectoryOfWhatIsExecuted() {
        ContainerRecord record = host.start(host.bundle());
        for (int number = 3; number < 12; number++) {
            ExecProcess process = new ExecProcess.Like(
                    List.of("/bin/ls", ".."),
                    List.of(),
                    Optional.of("/proc/self/fd/" + number),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    false,
                    false,
                    SecurityLabels.NONE);

            Failure failure = catchThrowableOfType(Failure.class, () -> host.exec(record.id(), process));

            assertThat(failure.code()).as("descriptor %d", number).isEqualTo(RuntimeCode.INIT_FAILED);
        }
    }
}
