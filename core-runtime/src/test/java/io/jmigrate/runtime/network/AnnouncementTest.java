package io.jmigrate.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    private static final byte[] HARDWARE = HexFormat.ofDelimiter(":").parseHex("02:42:0a:58:00:05");

    @Test
    void asksAndAnswersForItsOwnVersion4Address() {
        List<byte[]> frames = Announcement.frames("10.88.0.5/24", HARDWARE);

        assertThat(frames).hasSize(2);
        assertThat(HexFormat.of().formatHex(frames.getFirst()))
                .isEqualTo("ffffffffffff" + "02420a580005" + "0806" + "0001080006040001" + "02420a580005" + "0a580005"
                        + "ffffffffffff" + "0a580005");
        assertThat(frames.getLast()[21]).isEqualTo((byte) 2);
    }

    @Test
    void advertisesItsVersion6AddressWithAValidChecksum() {
        List<byte[]> frames = Announcement.frames("fd00::5/64", HARDWARE);

        assertThat(frames).hasSize(1);
        byte[] frame = frames.getFirst();
        assertThat(frame).hasSize(86).startsWith(0x33, 0x33, 0, 0, 0, 1);
        assertThat(sum(frame)).isEqualTo(0xffff);
    }

    /** Over the pseudo header and the message with its checksum: all ones if it is right. */
    private static int sum(byte[] frame) {
        ByteBuffer summed = ByteBuffer.allocate(40 + 32);
        summed.put(frame, 22, 32).putInt(32).putInt(58).put(frame, 54, 32).flip();
        int sum = 0;
        while (summed.hasRemaining()) {
            sum += summed.getShort() & 0xffff;
        }
        return (sum & 0xffff) + (sum >>> 16);
    }

    @Test
    void namesTheOuterEndAfterTheContainerWithinTheKernelsLimit() {
        NetworkNamespace web = new NetworkNamespace(Path.of("/run/jmigrate/web/netns"));
        NetworkNamespace other = new NetworkNamespace(Path.of("/run/jmigrate/other/netns"));

        assertThat(OuterEnd.name(web, "eth0"))
                .hasSizeLessThanOrEqualTo(15)
                .isEqualTo(OuterEnd.name(web, "eth0"))
                .isNotEqualTo(OuterEnd.name(other, "eth0"))
                .isNotEqualTo(OuterEnd.name(web, "eth1"));
    }
}
