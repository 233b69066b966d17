package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a receiver makes of bytes. */
public final class RecordedStream {
    private RecordedStream() {}

    /** The frames, encoded again, that it has before the bytes end or it finds that they are damaged. */
    public static List<byte[]> wholeFrames(byte[] stream) {
        List<byte[]> frames = new ArrayList<>();
        try {
            new FrameDecoder(new Payloads())
                    .feed(
                            ByteBuffer.wrap(stream),
                            frame -> frames.add(frame.encode().array()));
        } catch (Failure e) {
            if (e.code() != MigrationCode.PEER_PROTOCOL) {
                throw e;
            }
        }
        return frames;
    }
}
