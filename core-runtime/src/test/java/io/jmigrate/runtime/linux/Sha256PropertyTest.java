package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Sha256PropertyTest {
    private final MessageDigest digest = Sha256.digest();
    private final MessageDigest jdk = Sha256.ofJdk();

    @Property(tries = 200)
    void isWhatTheJdkComputesWhateverTheWayInWhichTheBytesCome(
            @ForAll @Size(max = 5) List<byte[]> parts, @ForAll boolean direct, @ForAll byte last) {
        for (byte[] part : parts) {
            digest.update(direct ? direct(part) : ByteBuffer.wrap(part));
            jdk.update(part);
        }
        digest.update(last);
        jdk.update(last);

        assertThat(digest.digest()).isEqualTo(jdk.digest());
    }

    private static ByteBuffer direct(byte[] part) {
        return ByteBuffer.allocateDirect(part.length + 3).put(3, part).position(3);
    }

    @Test
    void takesMoreThanAPieceAndBeginsAnewAfterADigestAndAReset() {
        byte[] large = new byte[300_001];
        large[299_999] = 7;
        byte[] expected = jdk.digest(large);

        assertThat(digest.digest(large)).isEqualTo(expected);
        digest.update((byte) 1);
        digest.reset();
        digest.update(large, 0, 200_000);
        digest.update(large, 200_000, 100_001);
        assertThat(digest.digest()).isEqualTo(expected);
        assertThat(digest.digest()).isEqualTo(jdk.digest());
    }
}
