package io.jmigrate.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {
    @Test
    void readsWhatWasWritten() {
        List<String> texts = List.of("", "größe", "x".repeat(5000));
        WireReader reader = new WireReader(new WireWriter()
                .u32(-2)
                .strings(texts)
                .raw(new WireWriter().u32(7))
                .toBuffer());
        assertThat(reader.u32()).isEqualTo(-2);
        assertThat(reader.strings()).isEqualTo(texts);
        assertThat(reader.u32()).isEqualTo(7);
        assertThatThrownBy(reader::u32).isInstanceOf(WireException.class);
    }

    @Test
    void writesLittleEndianAndEndsStringsWithZero() {
        ByteBuffer bytes = new WireWriter().u32(0x01020304).u64(5).string("a").toBuffer();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        assertThat(content).containsExactly(4, 3, 2, 1, 5, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 'a', 0);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new WireWriter().string("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reader(0x7fffffff).strings()).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> reader(-1).string()).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> reader(4, 0x61616161).string()).hasMessageContaining("too early");
        assertThatThrownBy(() -> reader(3, 0x61616161).string()).hasMessageContaining("no end");
    }

    private static WireReader reader(int... words) {
        WireWriter writer = new WireWriter();
        for (int word : words) {
            writer.u32(word);
        }
        return new WireReader(writer.toBuffer());
    }
}
