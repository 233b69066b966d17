package io.jmigrate.migration.wire;

import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;

/** Data in order, over one connection or several. */
public final class Data implements AutoCloseable {
    private final JoinedChannels channel;
    private final RateLimit limit;

    Data(FrameChannel channel, RateLimit limit) {
        this.channel = new JoinedChannels(channel);
        this.limit = limit;
    }

    /** From now on it goes over this one, too, which is closed with this. The other end must know before that. */
    public void add(Connection other) {
        channel.add(other.channel());
    }

    /** Over how many it goes. */
    public int connections() {
        return channel.count();
    }

    /** May be called by any thread; of two that do so at the same time either comes first. */
    public synchronized void send(DataMessage message) {
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
