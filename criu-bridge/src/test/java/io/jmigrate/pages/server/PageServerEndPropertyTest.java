package io.jmigrate.pages.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jmigrate.pages.RecordingSink;
import io.jmigrate.runtime.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PageServerEndPropertyTest {
    /** What the program takes for one dump would be too much for thousands. */
    private static final int BUFFER_BYTES = 64 << 10;

    @Property(tries = 2000)
    void anyBytesEndInSuccessOrAFailure(@ForAll("streams") byte[] stream) {
        RecordingSink sink = new RecordingSink();
        Canned connection = new Canned(stream);
        PageServerEnd end = new PageServerEnd(connection, sink, new PageInput(connection, BUFFER_BYTES));
        Throwable thrown = catchThrowable(end::serve);
        if (thrown == null) {
            assertThat(sink.finished()).isTrue();
        } else {
            assertThat(thrown).isInstanceOf(Failure.class);
            assertThat(sink.finished()).isFalse();
        }
    }

    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<Integer> commands = Arbitraries.of(1, 2, 3, 4, 5, 6, 7, 0x1023, 0x1024, 0, 99);
        Arbitrary<Long> targets = Arbitraries.of(CriuSide.process(1), CriuSide.process(2), CriuSide.shared(1), -1L);
        Arbitrary<Long> counts = Arbitraries.of(1L, 2L, 0L, -1L, 1L << 52);
        Arbitrary<Long> addresses = Arbitraries.of(0L, 4096L, 8192L, 8191L, -4096L);
        Arbitrary<byte[]> messages = Combinators.combine(
                        commands, Arbitraries.integers().between(0, 8), counts, addresses, targets)
                .as(CriuSide::header);
        Arbitrary<byte[]> bytes = Arbitraries.randomValue(PageServerEndPropertyTest::anyBytes);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(8, messages), net.jqwik.api.Tuple.of(1, bytes))
                .list()
                .ofMaxSize(12)
                .map(PageServerEndPropertyTest::join);
    }

    /** Drawn in one go: one by one they would take longer than all else here. */
    private static byte[] anyBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(9000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** A connection on which all was said already; answers go nowhere. */
    private static final class Canned implements ByteChannel {
        private final ReadableByteChannel source;

        Canned(byte[] stream) {
            source = Channels.newChannel(new ByteArrayInputStream(stream));
        }

        @Override
        public int read(ByteBuffer target) throws java.io.IOException {
            return source.read(target);
        }

        @Override
        public int write(ByteBuffer bytes) {
            int size = bytes.remaining();
            bytes.position(bytes.limit());
            return size;
        }

        @Override
        public boolean isOpen() {
            return source.isOpen();
        }

        @Override
        public void close() throws java.io.IOException {
            source.close();
        }
    }
}
