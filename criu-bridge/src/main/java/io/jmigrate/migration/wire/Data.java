package io.jmigrate.migration.wire;

import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;

/** A connection that carries data. */
public final class Data implements AutoCloseable {
    private final FrameChannel channel;
    private final RateLimit limit;

    Data(FrameChannel channel, RateLimit limit) {
        this.channel = channel;
        this.limit = limit;
    }

    public void send(DataMessage message) {
        Frame frame = DataFrames.encode(message);
        channel.pause(limit.take(frame.bytes(), System.nanoTime()));
        channel.send(frame);
    }

    /** The next message. Bytes of pages in it are good until this is called again. */
    public DataMessage receive(Duration limit) {
        return DataFrames.decode(channel.receive(limit));
    }

    /** From now on waiting fails with this. Does not wait itself. May be called by any thread. */
    public void interrupt(Failure why) {
        channel.interrupt(why);
    }

    @Override
    public void close() {
        channel.close();
    }
}
