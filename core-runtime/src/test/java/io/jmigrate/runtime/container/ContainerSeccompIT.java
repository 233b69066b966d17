package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.SeccompAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters for system calls, as the container and as the host see them. */
class ContainerSeccompIT extends OnRealHost {
    private static final String NO_DIRECTORIES = """
            {"defaultAction": "SCMP_ACT_ALLOW",
             "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 28}]}
            """;
    private static final String FULL = "mkdir: can't create directory '/dev/x': No space left on device";

    private static final int MKDIR = 83;
    private static final int EEXIST = 17;

    private TestBundle bundle(String seccomp) {
        return host.bundle().changed(config -> {
            try {
                ((ObjectNode) config.get("linux")).set("seccomp", new ObjectMapper().readTree(seccomp));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    private static void setNoNewPrivileges(TestBundle bundle, boolean value) {
        bundle.changed(config -> ((ObjectNode) config.get("process")).put("noNewPrivileges", value));
    }

    /** Whether it is installed first or last, and without the privilege on the host as with it. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "false, true", "true, true"})
    void holdsForTheContainerAndWhatIsExecutedInIt(boolean noNewPrivileges, boolean userNamespace) throws IOException {
        TestBundle bundle = bundle(NO_DIRECTORIES);
        setNoNewPrivileges(bundle, noNewPrivileges);
        if (userNamespace) {
            bundle.inUserNamespace();
        }

        var outcome = host.run(bundle.shell("mkdir /dev/x; grep Seccomp: /proc/self/status"));
        assertThat(outcome.errors()).containsExactly(FULL);
        assertThat(outcome.output()).containsExactly("Seccomp:\t2");

        ContainerRecord record = host.start(bundle.running("/bin/sleep", "1000"));
        int pid = record.state().init().orElseThrow().pid();
        assertThat(Files.readAllLines(Path.of("/proc/" + pid + "/status")))
                .contains("Seccomp:\t2", "Seccomp_filters:\t1", "NoNewPrivs:\t" + (noNewPrivileges ? 1 : 0));
        assertThat(host.exec(record.id(), "/bin/mkdir", "/dev/x").errors()).containsExactly(FULL);
    }

    /** As an ordinary user without capabilities, who could not install a filter any more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsForAnotherUserThanRoot(boolean noNewPrivileges) {
        TestBundle bundle = bundle(NO_DIRECTORIES).changed(config -> {
            ObjectNode process = (ObjectNode) config.get("process");
            process.withObject("user").put("uid", 1000).put("gid", 1000);
            process.remove("capabilities");
        });
        setNoNewPrivileges(bundle, noNewPrivileges);

        assertThat(host.run(bundle.shell("mkdir /dev/x; id -u; grep CapPrm /proc/self/status")))
                .satisfies(outcome -> assertThat(outcome.errors()).containsExactly(FULL))
                .satisfies(
                        outcome -> assertThat(outcome.output()).containsExactly("1000", "CapPrm:\t0000000000000000"));
    }

    @ParameterizedTest
    @CsvSource({
        "SCMP_ACT_KILL_PROCESS, 159",
        "SCMP_ACT_KILL, 159",
        "SCMP_ACT_TRAP, 159",
        "SCMP_ACT_LOG, 0",
        "SCMP_ACT_ALLOW, 0",
        "SCMP_ACT_ERRNO, 1",
        "SCMP_ACT_TRACE, 1"
    })
    void doesWhatTheActionSays(String action, int status) {
        TestBundle bundle =
                bundle("""
                {"defaultAction": "%s", "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "%s"}]}
                """.formatted(action.equals("SCMP_ACT_ALLOW") ? "SCMP_ACT_LOG" : "SCMP_ACT_ALLOW", action));

        assertThat(host.run(bundle.shell("mkdir /dev/x; exit $?")).status().code())
                .isEqualTo(status);
    }

    @Test
    void decidesByArguments() {
        TestBundle bundle = bundle("""
                {"defaultAction": "SCMP_ACT_ALLOW",
                 "syscalls": [{"names": ["kill"], "action": "SCMP_ACT_ERRNO", "errnoRet": 95,
                               "args": [{"index": 1, "value": 10, "op": "SCMP_CMP_EQ"}]}]}
                """);

        var outcome = host.run(bundle.shell("trap : TERM; kill -10 $$; kill -TERM $$ && echo sent"));
        assertThat(outcome.errors()).singleElement().asString().endsWith("Operation not supported");
        assertThat(outcome.output()).containsExactly("sent");
    }

    @Test
    void setsTheFlags() {
        TestBundle bundle = bundle("""
                {"defaultAction": "SCMP_ACT_ALLOW", "flags": ["SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG",
                 "SECCOMP_FILTER_FLAG_SPEC_ALLOW", "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"],
                 "syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_ERRNO"}]}
                """);

        assertThat(host.run(bundle.shell("mkdir /dev/x")).status().code()).isEqualTo(1);
    }

    @Test
    void allowsWhatAProfileOfAllThatIsNeededAllows() {
        TestBundle bundle = bundle("""
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"], "syscalls": [
                  {"names": ["execve", "write", "read", "exit", "exit_group", "openat", "close", "brk", "arch_prctl", "mmap",
                   "prlimit64", "getuid", "getrandom", "mprotect", "set_tid_address", "set_robust_list", "rseq", "readlink",
                   "readlinkat", "uname", "fstat", "newfstatat", "ioctl", "sendto", "recvfrom", "fcntl", "dup3", "close_range"],
                   "action": "SCMP_ACT_ALLOW"}]}
                """);

        var outcome = host.run(bundle.running("/bin/echo", "here"));
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.output()).containsExactly("here");
    }

    /** Sending and writing are handed to it too, while the runtime and the native init still talk to each other. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handsSystemCallsToAListener(boolean noNewPrivileges) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the number of mkdir is that of x86-64");
        Path socket = host.files().resolve("agent.sock");
        TestBundle bundle = bundle("""
                {"defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "%s", "listenerMetadata": "for the agent",
                 "flags": ["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"],
                 "syscalls": [{"names": ["mkdir", "sendmsg", "sendto", "write"], "action": "SCMP_ACT_NOTIFY"}]}
                """.formatted(socket));
        setNoNewPrivileges(bundle, noNewPrivileges);
        String exists = "mkdir: can't create directory '/dev/x': File exists";

        try (SeccompAgent agent = SeccompAgent.at(socket, Map.of(MKDIR, EEXIST))) {
            var outcome = host.run(bundle.shell("mkdir /dev/x"));
            assertThat(outcome.errors()).containsExactly(exists);
            JsonNode sent = agent.states().poll(10, TimeUnit.SECONDS);
            assertThat(sent.path("fds").path(0).textValue()).isEqualTo("seccompFd");
            assertThat(sent.path("metadata").textValue()).isEqualTo("for the agent");
            assertThat(sent.path("state").path("status").textValue()).isEqualTo("creating");
            assertThat(sent.path("state").path("bundle").textValue())
                    .isEqualTo(bundle.directory().toString());
            assertThat(sent.path("pid")).isEqualTo(sent.path("state").path("pid"));

            ContainerRecord record = host.start(bundle.running("/bin/sleep", "1000"));
            int init = record.state().init().orElseThrow().pid();
            assertThat(agent.states().poll(10, TimeUnit.SECONDS).path("pid").intValue())
                    .isEqualTo(init);
            assertThat(host.exec(record.id(), "/bin/mkdir", "/dev/x").errors()).containsExactly(exists);
            JsonNode executed = agent.states().poll(10, TimeUnit.SECONDS);
            assertThat(executed.path("state").path("status").textValue()).isEqualTo("running");
            assertThat(executed.path("state").path("pid").intValue()).isEqualTo(init);
            assertThat(executed.path("pid").intValue()).isPositive().isNotEqualTo(init);
        }
    }

    @Test
    void leavesNothingWhenNobodyListens() {
        TestBundle bundle = bundle("""
                {"defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "/nosuch/agent.sock",
                 "syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_NOTIFY"}]}
                """);
        ContainerId id = RealHost.newId();

        Failure failure = catchThrowableOfType(Failure.class, () -> host.start(id, bundle));

        assertThat(failure.code()).isEqualTo(RuntimeCode.IO);
        assertThat(failure)
                .hasMessage(
                        "cannot hand the system calls of container \"" + id
                                + "\" to the listener at /nosuch/agent.sock: connect /nosuch/agent.sock: no such file or directory");
        assertThat(host.leftovers(id)).isEmpty();
    }

    @Test
    void saysWhatAFilterForbidsThatTheContainerNeeds() {
        TestBundle bundle = bundle("""
                {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["capset"], "action": "SCMP_ACT_ERRNO"}]}
                """);
        setNoNewPrivileges(bundle, false);

        Failure failure = catchThrowableOfType(Failure.class, () -> host.start(bundle));

        assertThat(failure.code()).isEqualTo(RuntimeCode.INIT_FAILED);
        assertThat(failure).hasMessage("set the capabilities: operation not permitted");
        assertThat(List.of(failure.details())).hasSize(1);
    }
}
