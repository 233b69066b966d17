package io.jmigrate.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.wire.WireException;
import io.jmigrate.runtime.wire.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Whatever a peer says in the place of a front, it is understood or refused, and nothing of it stays open. */
class HelloTest {
    private static final int HELLO = 1;
    private static final int VERSION = 5;

    private static byte[] frame(String cwd, int... numbers) {
        WireWriter payload = new WireWriter()
                .u32(VERSION)
                .strings(List.of("jmigrate", "list"))
                .strings(List.of("A=b"))
                .string(cwd)
                .u32(numbers.length);
        Arrays.stream(numbers).forEach(payload::u32);
        return bytes(new WireWriter().u32(payload.size()).u32(HELLO).raw(payload));
    }

    private static byte[] bytes(WireWriter writer) {
        ByteBuffer buffer = writer.toBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Says it and closes, with a descriptor along. */
    private static Hello said(byte[] bytes, int descriptors) {
        try (FdPair pair = Sockets.pair(SocketType.STREAM);
                Fd nothing = Descriptors.open(Path.of("/dev/null"))) {
            Fd ours = Fd.of(pair.first().release());
            Sockets.send(pair.second(), ByteBuffer.wrap(bytes), Collections.nCopies(descriptors, nothing));
            pair.second().close();
            try (FrontConnection front = FrontConnection.over(ours)) {
                front.hello().descriptors().values().forEach(Fd::close);
                return front.hello();
            } finally {
                assertThat(ours.isOpen()).isFalse();
            }
        }
    }

    /** The sockets and null devices that this process has open. */
    private static long open() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(HelloTest::isOfThisKind).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfThisKind(Path descriptor) {
        try {
            String file = Files.readSymbolicLink(descriptor).toString();
            return file.startsWith("socket:") || file.equals("/dev/null");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    @Test
    void isUnderstood() {
        Hello hello = said(frame("/tmp", 0, 1, 2), 3);

        assertThat(hello.argv()).containsExactly("jmigrate", "list");
        assertThat(hello.cwd()).contains(Path.of("/tmp"));
        assertThat(hello.descriptors()).containsOnlyKeys(0, 1, 2);
    }

    @Test
    void isRefusedIfItCanNotBeTrue() {
        long before = open();
        assertThatThrownBy(() -> said(frame("tmp", 0), 1)).hasMessageContaining("no absolute path");
        assertThatThrownBy(() -> said(frame("/tmp", 0, 0), 2)).hasMessageContaining("announced twice");
        assertThatThrownBy(() -> said(frame("/tmp", 0, 1), 1)).hasMessageContaining("2 descriptors announced, 1");
        byte[] twoEnds = frame("/tmp", 0);
        twoEnds[twoEnds.length - 11] = 0; // in the directory
        assertThatThrownBy(() -> said(twoEnds, 1)).hasMessageContaining("two ends");
        assertThatThrownBy(() -> said(new byte[] {1}, 1)).isInstanceOf(WireException.class);
        assertThat(open()).isEqualTo(before);
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void isRefusedOrUnderstoodWhateverItsBytes(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = frame("/tmp", 0, 1, 2);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        long before = open();
        try {
            said(random.nextInt(3) == 0 ? Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)) : bytes, 3);
        } catch (WireException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(open()).isEqualTo(before);
    }
}
