package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.seccomp.SeccompAction;
import io.jmigrate.runtime.seccomp.SeccompFlag;
import io.jmigrate.runtime.seccomp.SeccompProfile;
import io.jmigrate.runtime.seccomp.SeccompRule;
import io.jmigrate.runtime.seccomp.Verdict;
import io.jmigrate.runtime.spec.Bundles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeccompChecksTest {
    @TempDir
    Path bundle;

    private static Consumer<ObjectNode> with(String seccomp) {
        return document -> {
            try {
                Bundles.object(document, "linux").set("seccomp", new ObjectMapper().readTree(seccomp));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        };
    }

    private SeccompProfile resolved(String seccomp) {
        return Configs.load(Bundles.with(bundle, with(seccomp))).seccomp().orElseThrow();
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertThat(Refusals.of(bundle, with("""
                        {"defaultAction": "SCMP_ACT_MAYBE", "architectures": ["SCMP_ARCH_X86", "SCMP_ARCH_VAX"],
                         "flags": ["SECCOMP_FILTER_FLAG_NEW_LISTENER"], "listenerMetadata": "x",
                         "syscalls": [
                           {"names": [], "action": "SCMP_ACT_ALLOW", "errnoRet": 1},
                           {"names": ["read"], "action": "SCMP_ACT_NOTIFY",
                            "args": [{"index": 6, "value": 1, "op": "SCMP_CMP_EQ"}, {"index": 0, "value": -1, "op": "EQ"}]},
                           {"names": ["write"], "action": "SCMP_ACT_ERRNO", "errnoRet": 65536}]}
                        """)))
                .containsExactlyInAnyOrder(
                        "$.linux.seccomp.defaultAction: is not a seccomp action: \"SCMP_ACT_MAYBE\"",
                        "$.linux.seccomp.architectures[1]: is not a seccomp architecture: \"SCMP_ARCH_VAX\"",
                        "$.linux.seccomp.flags[0]: is not a seccomp flag: \"SECCOMP_FILTER_FLAG_NEW_LISTENER\"",
                        "$.linux.seccomp.syscalls[0].names: must name a system call",
                        "$.linux.seccomp.syscalls[0].errnoRet: must not be there: SCMP_ACT_ALLOW returns no errno",
                        "$.linux.seccomp.syscalls[1].args[0].index: must be from 0 to 5, is 6",
                        "$.linux.seccomp.syscalls[1].args[1].value: must be from 0 to 2^64-1, is -1",
                        "$.linux.seccomp.syscalls[1].args[1].op: is not a seccomp operator: \"EQ\"",
                        "$.linux.seccomp.syscalls[2].errnoRet: must be from 0 to 65535, is 65536",
                        "$.linux.seccomp.listenerPath: is required, for SCMP_ACT_NOTIFY is used",
                        "$.linux.seccomp.listenerMetadata: needs a listenerPath beside it");
    }

    @Test
    void refusesToHandEveryCallToAListener() {
        assertThat(Refusals.of(bundle, with("{\"defaultAction\": \"SCMP_ACT_NOTIFY\", \"listenerPath\": \"sock\"}")))
                .containsExactlyInAnyOrder(
                        "$.linux.seccomp.defaultAction: handing every system call to a listener is not supported",
                        "$.linux.seccomp.listenerPath: must be an absolute path, is \"sock\"");
    }

    @Test
    void wantsADefault() {
        assertThat(Refusals.of(bundle, with("{}"))).containsExactly("$.linux.seccomp.defaultAction: is required");
    }

    @Test
    void resolvesTheErrnoThatCallsFailWith() {
        SeccompProfile profile = resolved("""
                {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38, "syscalls": [
                  {"names": ["mkdir"], "action": "SCMP_ACT_ERRNO"},
                  {"names": ["rmdir"], "action": "SCMP_ACT_TRACE", "errnoRet": 7},
                  {"names": ["read"], "action": "SCMP_ACT_KILL"}]}
                """);

        assertThat(profile.defaultVerdict()).isEqualTo(new Verdict(SeccompAction.ERRNO, 38));
        assertThat(profile.rules().stream().map(SeccompRule::verdict))
                .containsExactly(
                        new Verdict(SeccompAction.ERRNO, Verdict.EPERM),
                        new Verdict(SeccompAction.TRACE, 7),
                        new Verdict(SeccompAction.KILL_THREAD, 0));
    }

    @Test
    void choosesTheFlagThatRuncChoosesWhenNoneAreGiven() {
        String start = "{\"defaultAction\": \"SCMP_ACT_ALLOW\"";

        assertThat(resolved(start + "}").flags()).containsExactly(SeccompFlag.SPEC_ALLOW);
        assertThat(resolved(start + ", \"flags\": []}").flags()).isEmpty();
        assertThat(resolved(start + ", \"flags\": [\"SECCOMP_FILTER_FLAG_TSYNC\"]}")
                        .flags())
                .containsExactly(SeccompFlag.TSYNC);
    }

    @Test
    void resolvesTheListener() {
        SeccompProfile profile = resolved("""
                {"defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "/run/agent.sock", "listenerMetadata": "m",
                 "syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_NOTIFY"}]}
                """);

        assertThat(profile.notifies()).isTrue();
        assertThat(profile.listener()).isEqualTo(Optional.of(new SeccompProfile.Listener("/run/agent.sock", "m")));
        assertThat(List.copyOf(profile.rules())).hasSize(1);
    }
}
