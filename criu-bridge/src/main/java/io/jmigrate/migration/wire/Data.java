package io.jmigrate.migration.wire;

import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;

/** A connection that carries data. */
public final class Data implements AutoCloseable {
    private final FrameChannel channel;

    Data(FrameChannel channel) {
        this.channel = channel;
    }

    public void send(DataMessage message) {
        channel.send(DataFrames.encode(message));
    }

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
