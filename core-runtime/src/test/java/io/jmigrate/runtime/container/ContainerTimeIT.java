package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time namespaces (time_namespaces(7)): /proc/uptime is the clock since boot as its reader sees it. */
class ContainerTimeIT extends OnRealHost {
    private static final long DAY = 86_400;

    @BeforeEach
    void prepare() {
        assumeTrue(Files.exists(Path.of("/proc/self/ns/time")), "this kernel has no time namespaces");
    }

    private static void addNamespace(ObjectNode config) {
        ((ObjectNode) config.get("linux")).withArray("namespaces").addObject().put("type", "time");
    }

    private TestBundle ahead() {
        return host.bundle().changed(config -> {
            addNamespace(config);
            ObjectNode offsets = ((ObjectNode) config.get("linux")).putObject("timeOffsets");
            offsets.putObject("monotonic").put("secs", -5).put("nanosecs", 500_000_000);
            offsets.putObject("boottime").put("secs", 100 * DAY);
        });
    }

    private static Path namespace(int pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/time"));
    }

    private static Path namespaceOf(ContainerRecord record) throws IOException {
        return namespace(record.state().init().orElseThrow().pid());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setsTheClocksOfTheContainerAndOfWhatIsExecutedInIt(boolean userNamespace) throws IOException {
        TestBundle bundle = userNamespace ? ahead().inUserNamespace() : ahead();
        ContainerRecord record = host.start(bundle.running("/bin/sleep", "1000"));

        assertThat(namespaceOf(record))
                .isNotEqualTo(namespace((int) ProcessHandle.current().pid()));
        var executed = host.exec(
                record.id(),
                "/bin/sh",
                "-c",
                "cat /proc/uptime; readlink /proc/self/ns/time; cat /proc/self/timens_offsets");
        assertThat(executed.errors()).isEmpty();
        assertThat(Double.parseDouble(executed.output().get(0).split(" ")[0])).isGreaterThan(100 * DAY);
        assertThat(executed.output().get(1)).isEqualTo(namespaceOf(record).toString());
        assertThat(executed.output().subList(2, 4))
                .extracting(line -> line.replaceAll(" +", " "))
                .containsExactly("monotonic -5 500000000", "boottime " + 100 * DAY + " 0");
    }

    @Test
    void isMadeWithoutOffsetsToo() throws IOException {
        ContainerRecord record = host.start(host.bundle().changed(ContainerTimeIT::addNamespace));

        assertThat(namespaceOf(record))
                .isNotEqualTo(namespace((int) ProcessHandle.current().pid()));
    }

    @Test
    void joinsOneByItsPath() throws IOException {
        ContainerRecord first = host.start(ahead().running("/bin/sleep", "1000"));
        int pid = first.state().init().orElseThrow().pid();
        TestBundle joining = host.bundle().changed(config -> {
            addNamespace(config);
            ObjectNode added =
                    (ObjectNode) config.get("linux").get("namespaces").get(5);
            added.put("path", "/proc/" + pid + "/ns/time");
        });

        assertThat(namespaceOf(host.start(joining))).isEqualTo(namespaceOf(first));
    }

    @Test
    void saysThatAClockWouldRunBeforeItsBeginning() {
        TestBundle bundle = ahead().changed(
                        config -> ((ObjectNode) config.at("/linux/timeOffsets/boottime")).put("secs", -100_000 * DAY));

        Failure failure = catchThrowableOfType(Failure.class, () -> host.start(bundle));

        assertThat(failure.code()).isEqualTo(RuntimeCode.INIT_FAILED);
        assertThat(failure).hasMessage("make the time namespace with its offsets: numerical result out of range");
    }
}
