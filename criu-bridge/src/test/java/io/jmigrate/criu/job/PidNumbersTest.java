package io.jmigrate.criu.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.entry.PstreeEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class PidNumbersTest {
    @Test
    void processesThreadsGroupsAndSessionsCount() {
        assertThat(PidNumbers.of(List.of(entry(40, 40, 40, 40, 44), entry(41, 42, 40, 41), entry(43, 43, 9, 43))))
                .containsExactly(9, 40, 41, 42, 43, 44);
    }

    @Test
    void aJobOfAShellGetsAnotherSessionAndGroup() {
        assertThat(PidNumbers.of(List.of(entry(40, 39, 7, 40), entry(41, 39, 7, 41), entry(42, 42, 7, 42))))
                .containsExactly(40, 41, 42);
    }

    private static PstreeEntry entry(int pid, int group, int session, Integer... threads) {
        return PstreeEntry.newBuilder()
                .setPid(pid)
                .setPpid(1)
                .setPgid(group)
                .setSid(session)
                .addAllThreads(List.of(threads))
                .build();
    }
}
