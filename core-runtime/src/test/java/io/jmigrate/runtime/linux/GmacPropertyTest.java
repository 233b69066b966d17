package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GmacPropertyTest {
    @Property(tries = 200)
    void isWhatTheJdkComputesWhereverTheMessageLies(
            @ForAll @Size(Gmac.KEY_BYTES) byte[] key,
            @ForAll @Size(max = 5000) byte[] message,
            @ForAll boolean direct) {
        Gmac gmac = Gmac.of(key);
        byte[] expected = tag(new JdkGmac(key), ByteBuffer.wrap(message));

        ByteBuffer asked = direct ? direct(message) : ByteBuffer.wrap(message);
        assertThat(tag(gmac, asked)).isEqualTo(expected);
        assertThat(asked.hasRemaining()).isFalse();
        assertThat(tag(gmac, ByteBuffer.wrap(message)))
                .as("whatever came before")
                .isEqualTo(expected);
    }

    /** "The Galois/Counter Mode of Operation", McGrew and Viega, test case 1: nothing, and a key and a nonce of zeros. */
    @Test
    void isThatOfTheStandard() {
        assertThat(tag(Gmac.of(new byte[Gmac.KEY_BYTES]), ByteBuffer.allocate(0)))
                .isEqualTo(HexFormat.of().parseHex("58e2fccefa7e3061367f1d57a4e7455a"));
    }

    @Property(tries = 100)
    void differsWhereOneBitDoesOrTheKey(@ForAll @Size(4096) byte[] page, @ForAll int at) {
        byte[] key = new byte[Gmac.KEY_BYTES];
        byte[] tag = tag(Gmac.of(key), ByteBuffer.wrap(page));
        byte[] other = page.clone();
        other[Math.floorMod(at, page.length)] ^= 1;

        assertThat(tag(Gmac.of(key), ByteBuffer.wrap(other))).isNotEqualTo(tag);
        key[0] = 1;
        assertThat(tag(Gmac.of(key), ByteBuffer.wrap(page))).isNotEqualTo(tag);
    }

    @Test
    void takesNoOtherKeys() {
        assertThatThrownBy(() -> Gmac.of(new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] tag(Gmac gmac, ByteBuffer message) {
        ByteBuffer tag = ByteBuffer.allocate(Gmac.TAG_BYTES);
        gmac.tag(message, tag);
        return tag.array();
    }

    private static ByteBuffer direct(byte[] message) {
        return ByteBuffer.allocateDirect(message.length + 3).put(3, message).position(3);
    }
}
