package io.jmigrate.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetlinkMessageTest {
    private static ByteBuffer joined(NetlinkMessage... messages) {
        return NetlinkMessage.join(List.of(messages)).order(ByteOrder.nativeOrder());
    }

    @Test
    void beginsWithItsLengthTypeAndFlags() {
        ByteBuffer bytes = joined(new NetlinkMessage(16, 4).u8(7).u8(0).u16(0));

        assertThat(bytes.remaining()).isEqualTo(20);
        assertThat(bytes.getInt(0)).isEqualTo(20);
        assertThat(bytes.getShort(4)).isEqualTo((short) 16);
        assertThat(bytes.getShort(6)).as("NLM_F_REQUEST and the flag").isEqualTo((short) 5);
        assertThat(bytes.get(16)).isEqualTo((byte) 7);
    }

    @Test
    void padsAnAttributeButDoesNotCountThePadding() {
        ByteBuffer bytes = joined(new NetlinkMessage(1, 0).text(3, "ab"));

        assertThat(bytes.getShort(16)).as("header, two letters, zero").isEqualTo((short) 7);
        assertThat(bytes.getShort(18)).isEqualTo((short) 3);
        assertThat(bytes.getInt(0)).isEqualTo(24);
    }

    @Test
    void countsWhatIsNested() {
        ByteBuffer bytes =
                joined(new NetlinkMessage(1, 0).nested(4, it -> it.be32(1, 2).i32(2, 3)));

        assertThat(bytes.getShort(16)).isEqualTo((short) 20);
        assertThat(Short.toUnsignedInt(bytes.getShort(18))).isEqualTo(0x8004);
        assertThat(bytes.slice(24, 4).order(ByteOrder.BIG_ENDIAN).getInt(0)).isEqualTo(2);
        assertThat(bytes.getInt(32)).isEqualTo(3);
    }

    @Test
    void followsTheOneBeforeIt() {
        ByteBuffer bytes = joined(new NetlinkMessage(1, 0), new NetlinkMessage(2, 0));

        assertThat(bytes.remaining()).isEqualTo(32);
        assertThat(bytes.getShort(20)).isEqualTo((short) 2);
    }
}
