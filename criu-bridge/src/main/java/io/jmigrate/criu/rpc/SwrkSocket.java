package io.jmigrate.criu.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.jmigrate.criu.rpc.wire.Call;
import io.jmigrate.criu.rpc.wire.Reply;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Our end of the socket of a {@code criu swrk}: one message a packet. All methods throw {@link SwrkLostException} if CRIU has ended.
 *
 * @param fd closed with this
 */
record SwrkSocket(Fd fd) implements AutoCloseable {
    private static final int REPLY_BYTES_MAX = 1 << 16;

    /** One message of CRIU's, with the descriptors that came along. */
    record Packet(Reply reply, List<Fd> descriptors) implements AutoCloseable {
        @Override
        public void close() {
            descriptors.forEach(Fd::close);
        }
    }

    void send(Call call) {
        try {
            Sockets.send(fd, ByteBuffer.wrap(call.toByteArray()), List.of());
        } catch (LinuxException e) {
            throw ended(e);
        }
    }

    static SwrkLostException ended(LinuxException cause) {
        return new SwrkLostException("CRIU ended before it had answered", cause);
    }

    /** Whether there is something to receive by then, be it CRIU's end. */
    boolean answersWithin(Duration limit) {
        return Readiness.readable(fd, limit);
    }

    Packet receive() {
        try {
            Received received = Sockets.receive(fd, REPLY_BYTES_MAX, 1);
            if (received.eof()) {
                throw ended(null);
            }
            return packet(received);
        } catch (LinuxException e) {
            throw ended(e);
        } catch (InvalidProtocolBufferException e) {
            throw new SwrkLostException("CRIU's answer can't be understood: " + e.getMessage(), e);
        }
    }

    private static Packet packet(Received received) throws InvalidProtocolBufferException {
        try {
            return new Packet(Reply.parseFrom(received.data()), received.fds());
        } catch (InvalidProtocolBufferException e) {
            received.fds().forEach(Fd::close);
            throw e;
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
