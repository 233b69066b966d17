package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.internal.net.NetSocketInternal;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What waits is bounded by what it takes, and not by what its sender calls it. */
class ReceiveQueueTest {
    private boolean paused;

    private final NetSocketInternal socket = (NetSocketInternal) Proxy.newProxyInstance(
            NetSocketInternal.class.getClassLoader(), new Class<?>[] {NetSocketInternal.class}, (proxy, method, _) -> {
                assertThat(method.getName()).isEqualTo("pause");
                paused = true;
                return proxy;
            });

    private final ReceiveQueue queue = new ReceiveQueue(socket, new Payloads());

    /** @return how many frames without content fill it */
    private int fill() {
        int frames = 0;
        while (!paused) {
            queue.add(new Frame(FrameType.FILLER, Frame.NO_META, ByteBuffer.allocate(0)));
            frames++;
        }
        return frames;
    }

    @Test
    void tinyFramesCountAsWhatTheyTake() {
        assertThat(fill()).isBetween(100, 500);
    }

    @Test
    void moreOfDataMayWait() {
        queue.expectData();
        assertThat(fill()).isBetween(10_000, 30_000);
    }
}
