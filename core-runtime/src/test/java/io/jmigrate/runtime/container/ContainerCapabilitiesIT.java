package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.SecurityLabels;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Capabilities that the runtime doesn't have itself. */
class ContainerCapabilitiesIT extends OnRealHost {
    private static final String MISSING = "CAP_SYS_RESOURCE";
    private static final int MISSING_NUMBER = 24;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(!holds(), "this host has every capability: there is none to be missing");
    }

    private static boolean holds() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("CapBnd:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> MISSING_NUMBER & 1) != 0;
    }

    @Test
    void areLeftOutOfAContainerWithAWarning() {
        TestBundle bundle = host.bundle()
                .changed(config -> {
                    ObjectNode sets = ((ObjectNode) config.get("process")).withObject("capabilities");
                    for (String set : List.of("bounding", "effective", "permitted")) {
                        sets.withArray(set).add(MISSING).add("CAP_CHOWN").add("CAP_FUTURE");
                    }
                })
                .shell("grep CapPrm /proc/self/status");
        List<String> warnings = new ArrayList<>();
        ContainerId id = RealHost.newId();

        var outcome = host.capture(streams -> host.containers()
                .warning(warnings::add)
                .run()
                .foreground(new RunRequest(CreateRequest.of(id, bundle.directory(), streams), false), _ -> {}));

        assertThat(outcome.output()).containsExactly("CapPrm:\t0000000020000421");
        assertThat(warnings)
                .containsExactly("container \"" + id + "\" does not get " + MISSING
                        + ", CAP_FUTURE: this host does not have it to give");
    }

    @Test
    void areNotLeftOutWhenSomethingIsExecutedWithThem() {
        ContainerRecord record = host.start(host.bundle());
        ExecProcess process = new ExecProcess.Like(
                List.of("/bin/true"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(MISSING),
                false,
                false,
                SecurityLabels.NONE);

        Failure failure = catchThrowableOfType(Failure.class, () -> host.exec(record.id(), process));

        assertThat(failure.code()).isEqualTo(RuntimeCode.PERMISSION);
        assertThat(failure).hasMessage("cannot grant " + MISSING + ": this host does not have it to give");
    }
}
