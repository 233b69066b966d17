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
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container gets of processors, disks and memory, as /proc shows it inside and outside. */
class ContainerSchedulingIT extends OnRealHost {
    /** Of /proc/PID/stat, after the name in parentheses, which is the second. */
    private static final int NICE = 19;

    private static final int POLICY = 41;

    private TestBundle with(Consumer<ObjectNode> process) {
        return host.bundle().changed(config -> process.accept((ObjectNode) config.get("process")));
    }

    private TestBundle withLinux(Consumer<ObjectNode> linux) {
        return host.bundle().changed(config -> linux.accept((ObjectNode) config.get("linux")));
    }

    private static int stat(ContainerRecord record, int field) throws IOException {
        int pid = record.state().init().orElseThrow().pid();
        return stat(Files.readString(Path.of("/proc/" + pid + "/stat")), field);
    }

    private static int stat(String stat, int field) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Integer.parseInt(fields[field - 3]);
    }

    private List<String> said(ContainerRecord record, String... args) {
        var outcome = host.exec(record.id(), args);
        assertThat(outcome.errors()).isEmpty();
        return outcome.output();
    }

    @ParameterizedTest
    @CsvSource({"SCHED_OTHER, 7, 0", "SCHED_BATCH, -3, 3", "SCHED_IDLE, 0, 5"})
    void setsThePolicyOfTheContainerAndOfWhatIsExecutedInIt(String policy, int nice, int number) throws IOException {
        ContainerRecord record = host.start(with(
                process -> process.putObject("scheduler").put("policy", policy).put("nice", nice)));

        assertThat(stat(record, POLICY)).isEqualTo(number);
        if (nice != 0) {
            assertThat(stat(record, NICE)).isEqualTo(nice);
        }
        assertThat(stat(said(record, "/bin/cat", "/proc/self/stat").getFirst(), POLICY))
                .isEqualTo(number);
    }

    /** A process that may not make others, so that the policy can only be set in the process itself. */
    @Test
    void setsDeadlines() throws IOException {
        TestBundle bundle = with(process -> {
            ObjectNode scheduler = process.putObject("scheduler").put("policy", "SCHED_DEADLINE");
            scheduler.put("runtime", 1_000_000).put("deadline", 10_000_000).put("period", 20_000_000);
            scheduler.putArray("flags").add("SCHED_FLAG_RECLAIM");
        });

        try {
            assertThat(stat(host.start(bundle), POLICY)).isEqualTo(6);
        } catch (Failure e) {
            assertThat(e).hasMessageStartingWith("set the scheduling policy SCHED_DEADLINE: ");
            assumeTrue(false, "this host gives nobody deadlines: " + e.getMessage());
        }
    }

    @Test
    void saysThatAPolicyCanNotBeHad() {
        TestBundle bundle = with(process ->
                process.putObject("scheduler").put("policy", "SCHED_DEADLINE").put("runtime", 1));

        Failure failure = catchThrowableOfType(Failure.class, () -> host.start(bundle));

        assertThat(failure.code()).isEqualTo(RuntimeCode.INIT_FAILED);
        assertThat(failure).hasMessage("set the scheduling policy SCHED_DEADLINE: invalid argument");
    }

    @ParameterizedTest
    @CsvSource({"IOPRIO_CLASS_BE, 6, best-effort: prio 6", "IOPRIO_CLASS_IDLE, 0, idle"})
    void setsThePriorityOfInputAndOutput(String ioClass, int priority, String shown) {
        ContainerRecord record = host.start(with(
                process -> process.putObject("ioPriority").put("class", ioClass).put("priority", priority)));

        assertThat(said(record, "/bin/busybox", "ionice", "-p", "1")).containsExactly(shown);
        assertThat(said(record, "/bin/busybox", "ionice")).containsExactly(shown);
    }

    @Test
    void runsWhatIsExecutedOnTheProcessorsThatItsContainerNames() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "there is one processor only");
        ContainerRecord record = host.start(with(process ->
                process.putObject("execCPUAffinity").put("initial", "0").put("final", "1")));

        String allowed = "Cpus_allowed_list:\t";
        assertThat(said(record, "/bin/grep", "Cpus_allowed_list", "/proc/self/status"))
                .containsExactly(allowed + 1);
        assertThat(said(record, "/bin/grep", "Cpus_allowed_list", "/proc/1/status"))
                .doesNotContain(allowed + 0, allowed + 1);
    }

    @Test
    void setsThePersonality() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the name of the 32-bit machine is that of x86");
        ContainerRecord record =
                host.start(withLinux(linux -> linux.putObject("personality").put("domain", "LINUX32")));

        assertThat(said(record, "/bin/busybox", "uname", "-m")).containsExactly("i686");
    }

    @Test
    void setsTheMemoryPolicy() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/numa_maps")), "this kernel has no memory nodes");
        ContainerRecord record = host.start(withLinux(linux -> linux.putObject("memoryPolicy")
                .put("mode", "MPOL_BIND")
                .put("nodes", "0")
                .putArray("flags")
                .add("MPOL_F_STATIC_NODES")));

        int pid = record.state().init().orElseThrow().pid();
        assertThat(Files.readAllLines(Path.of("/proc/" + pid + "/numa_maps")))
                .isNotEmpty()
                .allMatch(line -> line.contains(" bind=static:0"));
        assertThat(said(record, "/bin/cat", "/proc/self/numa_maps")).allMatch(line -> line.contains(" bind=static:0"));
    }
}
