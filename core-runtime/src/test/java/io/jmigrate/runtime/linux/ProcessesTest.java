package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessesTest {
    @Test
    void findsThisProcess() {
        int pid = (int) ProcessHandle.current().pid();
        ProcessRef self = Processes.find(pid).orElseThrow();
        assertThat(Processes.alive(self)).isTrue();
        assertThat(Processes.find(pid)).contains(self);
        assertThat(Namespaces.inode(pid, NamespaceKind.NETWORK)).isPositive();
    }

    @Test
    void doesNotTakeAnotherProcessForOneThatHadItsPid() {
        int pid = (int) ProcessHandle.current().pid();
        ProcessRef earlier = new ProcessRef(pid, 1);
        assertThat(Processes.alive(earlier)).isFalse();
        assertThatThrownBy(() -> Processes.kill(earlier, Signal.CONT))
                .hasMessage("kill process " + pid + ": no such process");
    }

    @Test
    void readsNamesThatLookLikeFields() {
        String line = "7 (a) b (c)) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4711 5 6 7";
        assertThat(ProcStat.parse(line)).isEqualTo(new ProcStat('S', 1, 7, 7, false, false, 0, 4711));
    }

    @Test
    void readsThatAProcessHasBegunToEnd() {
        String line = "7 (init) S 1 7 7 0 -1 4195596 1 2 3 4 5 6 7 8 15 -5 1 0 4711 5 6 7";
        assertThat(ProcStat.parse(line)).isEqualTo(new ProcStat('S', 1, 7, 7, true, false, -5, 4711));
    }

    @Test
    void tellsTheKernelsOwnFromOthers() {
        assertThat(ProcStat.parse("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0")
                        .kernelThread())
                .isTrue();
        assertThat(ProcStat.ofAll().get((int) ProcessHandle.current().pid()).kernelThread())
                .isFalse();
    }
}
