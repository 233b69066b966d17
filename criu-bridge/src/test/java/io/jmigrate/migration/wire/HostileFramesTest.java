package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What arrives from a peer, made by somebody who knows the protocol: greeting, decoder and both sorts of messages answer everything with a
 * message or a declared failure, and keep nothing. {@code bench/fuzz} has it hold a million.
 */
class HostileFramesTest {
    private static final int FRAMES = Integer.getInteger("jmigrate.fuzz.frames", 100_000);
    private static final long SEED = Long.getLong("jmigrate.fuzz.seed", 20_260_101);
    /** Fresh values for messages after so many frames. */
    private static final int FRAMES_A_SAMPLE = 2_000;

    private static final long GROWTH_BYTES_MAX = 4L << 20;
    private static final int PIECE_BYTES_MAX = 700;
    private static final Set<MigrationCode> DECLARED =
            Set.of(MigrationCode.PEER_PROTOCOL, MigrationCode.PEER_NOT_JMIGRATE);

    private long messages;
    private long failures;

    @Test
    void areAnsweredWithAMessageOrAFailureAndKeepNoMemory() {
        Random random = new Random(SEED);
        Mutation mutation = new Mutation(random);
        receiveSome(random, mutation, FRAMES / 10);
        long before = usedAfterCollection();
        receiveSome(random, mutation, FRAMES - FRAMES / 10);
        long after = usedAfterCollection();

        System.getLogger(HostileFramesTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        () -> FRAMES + " frames: read as " + messages + " messages, refused " + failures
                                + " times, heap " + before + " bytes, then " + after);
        assertThat(after - before).as("growth of the heap").isLessThan(GROWTH_BYTES_MAX);
        assertThat(messages).as("some mutations are legal").isPositive();
        assertThat(failures).as("most are not").isGreaterThan(messages);
    }

    private void receiveSome(Random random, Mutation mutation, int frames) {
        List<Frame> samples = List.of();
        for (int i = 0; i < frames; i++) {
            if (i % FRAMES_A_SAMPLE == 0) {
                samples = new SampleMessages(random).frames();
            }
            Frame frame = samples.get(random.nextInt(samples.size()));
            receive(
                    mutation.of(frame, samples.get(random.nextInt(samples.size()))),
                    1 + random.nextInt(PIECE_BYTES_MAX));
        }
    }

    /** As the channel does, and then as whoever takes the frames: each reads it as its own sort. */
    private void receive(byte[] stream, int piece) {
        List<Frame> frames = new ArrayList<>();
        attempt(stream, () -> {
            FrameDecoder decoder = new FrameDecoder(new Payloads());
            for (int at = 0; at < stream.length; at += piece) {
                decoder.feed(ByteBuffer.wrap(stream, at, Math.min(piece, stream.length - at)), frames::add);
                assertThat(decoder.heldBytes())
                        .isLessThanOrEqualTo(Frame.HEADER_BYTES + Frame.META_BYTES_MAX + Frame.PAYLOAD_BYTES_MAX);
            }
        });
        for (Frame frame : frames) {
            attempt(stream, () -> ControlText.decode(frame));
            attempt(stream, () -> DataFrames.decode(frame));
        }
        attempt(stream, () -> Greeting.decode(Arrays.copyOf(stream, Greeting.BYTES)));
    }

    private void attempt(byte[] stream, Runnable reading) {
        try {
            reading.run();
            messages++;
        } catch (Failure failure) {
            failures++;
            if (!DECLARED.contains(failure.code())) {
                throw hurt(stream, failure);
            }
        } catch (RuntimeException | Error e) {
            throw hurt(stream, e);
        }
    }

    /** To be put into a file of the corpus, by {@code xxd -r -p}. */
    private static AssertionError hurt(byte[] stream, Throwable cause) {
        return new AssertionError(
                "frames that are answered otherwise: " + HexFormat.of().formatHex(stream), cause);
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static Stream<Path> corpus() throws IOException, URISyntaxException {
        Path directory =
                Path.of(HostileFramesTest.class.getResource("/hostile-frames").toURI());
        return Files.list(directory).sorted();
    }

    /** Frames that have hurt once, or that stand for a kind of attack. */
    @ParameterizedTest
    @MethodSource("corpus")
    void ofTheCorpusAreRefused(Path file) throws IOException {
        byte[] stream = Files.readAllBytes(file);
        for (int piece : List.of(1, 13, stream.length)) {
            failures = 0;
            receive(stream, piece);
            assertThat(failures)
                    .as("%s in pieces of %d", file.getFileName(), piece)
                    .isPositive();
        }
    }
}
