package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One stream over several connections. */
class JoinedChannelsTest {
    private static final int FRAMES = 300;
    private static final int NUMBER_BYTES = Long.BYTES;

    private final List<LocalChannel> near = new ArrayList<>();
    private final List<LocalChannel> far = new ArrayList<>();

    private JoinedChannels connect(int count) {
        for (int i = 0; i < count; i++) {
            LocalChannel[] pair = LocalChannel.pair();
            near.add(pair[0]);
            far.add(pair[1]);
        }
        return joined(near);
    }

    private static JoinedChannels joined(List<LocalChannel> ends) {
        JoinedChannels all = new JoinedChannels(ends.getFirst());
        ends.subList(1, ends.size()).forEach(all::add);
        return all;
    }

    private static Frame numbered(long number, int bytes) {
        return Frame.of(
                FrameType.FILLER,
                Frame.NO_META,
                ByteBuffer.allocate(NUMBER_BYTES + bytes).putLong(number).array());
    }

    private static long number(Frame frame) {
        return ByteBuffer.wrap(frame.content()).getLong();
    }

    private static Frame next(JoinedChannels from) {
        return from.receive(Patience.LIMIT);
    }

    /** Frames of any length, some connections full now and then, and what is sent over them arriving in any order. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void framesComeInTheOrderInWhichTheyWereSent(int count) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        MemoryLink link = new MemoryLink();
        link.delay(seed);
        for (int i = 0; i < count; i++) {
            LocalChannel[] pair = LocalChannel.pair(link, _ -> {}, _ -> {});
            near.add(pair[0]);
            far.add(pair[1]);
        }
        JoinedChannels out = joined(near);
        for (long number = 0; number < FRAMES; number++) {
            near.get(random.nextInt(count)).fill(random.nextBoolean());
            out.send(numbered(number, random.nextInt(400_000)));
        }
        JoinedChannels in = joined(far);
        assertThat(IntStream.range(0, FRAMES).mapToLong(_ -> number(next(in))))
                .as("seed %d", seed)
                .containsExactlyElementsOf(LongStream.range(0, FRAMES).boxed().toList());
    }

    @Test
    void eachCarriesAPart() {
        JoinedChannels out = connect(3);
        for (int i = 0; i < 9; i++) {
            out.send(numbered(i, 1 << 19));
        }
        for (LocalChannel end : far) {
            assertThat(next(joined(List.of(end))).payload().remaining()).isGreaterThan(1 << 19);
        }
    }

    @Test
    void oneThatIsFullIsPassedOver() {
        JoinedChannels out = connect(3);
        near.get(1).fill(true);
        for (int i = 0; i < 9; i++) {
            out.send(numbered(i, 1 << 19));
        }
        near.forEach(LocalChannel::close);
        assertThatThrownBy(() -> next(joined(List.of(far.get(1)))))
                .as("it has carried nothing")
                .isInstanceOf(Failure.class);
        assertThat(number(next(joined(List.of(far.get(2)))))).isEqualTo(2);
    }

    /** What does not name another of the connections that there are, or more than one. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "02", "ff", "", "0101"})
    void aTurnThatLeadsNowhereIsRefused(String meta) {
        JoinedChannels out = connect(2);
        out.send(Frame.of(FrameType.TURN, HexFormat.of().parseHex(meta)));
        assertThatThrownBy(() -> next(joined(far))).isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code())
                .isEqualTo(MigrationCode.PEER_PROTOCOL));
    }

    @Test
    void whereThereIsOneConnectionThereIsNoTurn() {
        connect(1).send(Frame.of(FrameType.TURN, new byte[] {1}));
        assertThatThrownBy(() -> next(joined(far))).isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code())
                .isEqualTo(MigrationCode.PEER_PROTOCOL));
    }

    @Test
    void withOneOfThemTheStreamIsLost() {
        JoinedChannels out = connect(3);
        far.get(2).close();
        near.get(2).close();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 9; i++) {
                        out.send(numbered(i, 1 << 19));
                    }
                })
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.code()).isEqualTo(MigrationCode.PEER_UNREACHABLE));
        JoinedChannels in = joined(far);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 9; i++) {
                        next(in);
                    }
                })
                .isInstanceOf(Failure.class);
    }

    @Test
    void anInterruptionReachesWhoWaitsForAnyOfThem() {
        JoinedChannels in = joined(connectedFar());
        in.interrupt(Failure.of(MigrationCode.CANCELLED, "enough"));
        assertThatThrownBy(() -> next(in)).hasMessage("enough");
    }

    private List<LocalChannel> connectedFar() {
        connect(2);
        return far;
    }
}
