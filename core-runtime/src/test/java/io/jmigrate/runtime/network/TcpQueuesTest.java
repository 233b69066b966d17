package io.jmigrate.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TcpQueuesTest {
    private static final int BYTES = 72; // struct inet_diag_msg

    @Test
    void oneWithoutAConnectionIsLeftOut() {
        assertThat(TcpQueues.waiting(entry(0, 4711))).isEmpty();
        assertThat(TcpQueues.waiting(entry(3, 0xfffffff0))).hasValue(0xfffffff0L);
    }

    private static ByteBuffer entry(int waiting, int inode) {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(56, waiting)
                .putInt(68, inode);
    }
}
