package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrphanedDumpTest {
    private final List<String> acts = new ArrayList<>();
    private final Cgroup cgroup = (Cgroup) Proxy.newProxyInstance(
            Cgroup.class.getClassLoader(), new Class<?>[] {Cgroup.class}, (_, method, _) -> act(method.getName()));
    private boolean canBeFrozen = true;
    private Process criu;
    private ProcessRef ref;

    private Object act(String name) {
        acts.add(name + (Processes.alive(ref) ? " while CRIU lives" : ""));
        if (name.equals("freeze") && !canBeFrozen) {
            throw new IllegalStateException("it runs");
        }
        return name.equals("processes") ? List.of() : null;
    }

    /** Of a CRIU that never ends by itself. */
    private OrphanedDump dump() throws IOException {
        criu = new ProcessBuilder("cat").start();
        ref = Processes.find((int) criu.pid()).orElseThrow();
        return new OrphanedDump(ref, cgroup, new AbandonedDump(cgroup, Optional.empty()));
    }

    private OrphanedDump ended() throws Exception {
        OrphanedDump dump = dump();
        criu.getOutputStream().close();
        criu.waitFor();
        return dump;
    }

    @AfterEach
    void end() {
        criu.destroyForcibly();
    }

    @Test
    void killsACriuThatIsBusyWhileTheContainerIsFrozen() throws Exception {
        dump().settle(() -> true, false);

        assertThat(acts).containsExactly("freeze while CRIU lives", "processes", "thaw");
        assertThat(criu.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void mendsWhatACriuThatHasEndedLeft() throws Exception {
        ended().settle(() -> true, false);

        assertThat(acts).containsExactly("freeze", "processes", "thaw");
    }

    @Test
    void freezesAContainerThatIsPausedAndThatCriuHadThawed() throws Exception {
        ended().settle(() -> true, true);

        assertThat(acts).containsExactly("freeze", "processes");
    }

    @Test
    void killsCriuAndThawsAlsoWhatCannotBeFrozen() throws Exception {
        canBeFrozen = false;
        OrphanedDump dump = dump();

        assertThatThrownBy(() -> dump.settle(() -> true, false)).hasMessage("it runs");

        assertThat(acts).containsExactly("freeze while CRIU lives", "thaw");
        assertThat(criu.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void freezesNothingOfAContainerThatCriuHasKilled() throws Exception {
        ended().settle(() -> false, true);

        assertThat(acts).containsExactly("processes");
    }

    @Test
    void leavesFrozenWhatOthersLetGo() throws Exception {
        dump().end(() -> true);

        assertThat(acts).containsExactly("freeze while CRIU lives", "processes");
        assertThat(criu.waitFor()).isEqualTo(128 + 9);
    }
}
