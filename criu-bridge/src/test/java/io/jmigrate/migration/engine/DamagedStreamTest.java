package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.wire.RecordedStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every byte that a migration sends, lost or altered: the other end never takes what was not sent, nor a part of it. */
class DamagedStreamTest {
    private static List<byte[]> frames;

    @BeforeAll
    static void migrate() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT).run()) {
            frames = handover.recorded();
        }
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Test
    void aStreamThatIsCutAfterAnyByteHasTheFramesBeforeItAndNoPartOfAnother() {
        byte[] stream = joined(frames);
        int whole = 0;
        int end = frames.getFirst().length;
        for (int cut = 0; cut <= stream.length; cut++) {
            if (cut == end) {
                whole++;
                end += whole < frames.size() ? frames.get(whole).length : 1;
            }
            assertThat(RecordedStream.wholeFrames(Arrays.copyOf(stream, cut)))
                    .as("cut after %d bytes", cut)
                    .hasSize(whole);
        }
        assertThat(RecordedStream.wholeFrames(stream))
                .usingElementComparator(Arrays::compare)
                .isEqualTo(frames);
    }

    /** A length that has grown makes the receiver wait for more, and find out then. */
    @Test
    void nothingComesOfAFrameOfWhichAnyBitIsFlippedNorOfWhatFollowsIt() {
        for (int i = 0; i < frames.size(); i++) {
            byte[] next = frames.get((i + 1) % frames.size());
            byte[] stream = joined(new ArrayList<>(List.of(frames.get(i), next)));
            for (int bit = 0; bit < 8 * frames.get(i).length; bit++) {
                stream[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(RecordedStream.wholeFrames(stream))
                        .as("bit %d of frame %d", bit, i)
                        .isEmpty();
                stream[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }
}
