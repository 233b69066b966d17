package io.jmigrate.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.network.InterfaceUse.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterfaceUseTest {
    @Test
    void readsNoneOfAProcessThatHasEnded() throws Exception {
        Process process = new ProcessBuilder("/bin/true").start();
        process.waitFor();
        assertThat(InterfaceUse.of((int) process.pid())).isEmpty();
    }

    @Test
    void readsLinesAsTheKernelWritesThem() {
        assertThat(InterfaceUse.parse(List.of(
                        "Inter-|   Receive                                                |  Transmit",
                        " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo",
                        "    lo:     100       2    0    0    0     0          0         0      100       2    0    0    0     0       0          0",
                        "  eth0:18446744073709551615 10 1 2 0 0 0 0 4000 20 3 4 0 0 0 0",
                        "a.b:c: 1 1 0 0 0 0 0 0 2 2 0 0 0 0 0 0")))
                .containsExactly(
                        new InterfaceUse("eth0", new Traffic(-1, 10, 1, 2), new Traffic(4000, 20, 3, 4)),
                        new InterfaceUse("a.b:c", new Traffic(1, 1, 0, 0), new Traffic(2, 2, 0, 0)));
    }
}
