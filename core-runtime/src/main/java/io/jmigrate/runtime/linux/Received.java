package io.jmigrate.runtime.linux;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What one recvmsg(2) brought.
 *
 * @param data the bytes, little endian, position 0 to limit; empty at the end of the stream
 * @param fds descriptors that came along, now owned by the receiver
 */
public record Received(ByteBuffer data, List<Fd> fds) {
    /** Whether the peer has closed its end. */
    public boolean eof() {
        return !data.hasRemaining() && fds.isEmpty();
    }
}
