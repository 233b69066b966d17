package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenFileTest {
    private static final int REGULAR = 0100644;
    private static final int FIFO = 0010600;
    private static final int CHARACTER = 0020666;
    private static final int SOCKET = 0140777;
    private static final long NULL_DEVICE = 0x103;
    private static final long TERMINAL = 0x8803;

    @Test
    void aPipeIsNamedByItsInode() {
        assertThat(new OpenFile(1, "pipe:[4711]", 14, 4711, FIFO, 13, 0, 0).asStream(Set.of(14)))
                .contains(new HostStream(1, "pipe:[4711]"));
    }

    @Test
    void aFileOfTheHostIsNamedByMountAndInodeInHexadecimal() {
        assertThat(new OpenFile(1, "/var/log/web", 27, 4660, REGULAR, 25, 0, 0).asStream(Set.of(500)))
                .contains(new HostStream(1, "file[1b:1234]"));
        assertThat(new OpenFile(1, "/run/fifo", 27, 4660, FIFO, 25, 0, 0).asStream(Set.of(500)))
                .contains(new HostStream(1, "file[1b:1234]"));
        assertThat(new OpenFile(0, "/dev/null", 27, 3, CHARACTER, 5, NULL_DEVICE, 0).asStream(Set.of(500)))
                .contains(new HostStream(0, "file[1b:3]"));
    }

    @Test
    void aTerminalIsNamedByItsDeviceNumbersInHexadecimal() {
        assertThat(new OpenFile(0, "/dev/pts/3", 27, 6, CHARACTER, 25, TERMINAL, 0).asStream(Set.of(500)))
                .contains(new HostStream(0, "tty[8803:19]"));
    }

    @Test
    void whatIsInsideTheContainerAndSocketsAreLeftToCriu() {
        assertThat(new OpenFile(1, "/dev/null", 27, 3, CHARACTER, 5, NULL_DEVICE, 0).asStream(Set.of(27)))
                .isEmpty();
        assertThat(new OpenFile(1, "socket:[9]", 9, 9, SOCKET, 8, 0, 0).asStream(Set.of(500)))
                .isEmpty();
    }
}
