package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class TarPackerTest {
    /** @param announced bytes, whatever there are */
    private record Lines(long announced, String text) implements MemberContent.Made {
        @Override
        public long bytes() {
            return announced;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(text.charAt(0));
            out.write(text.substring(1).getBytes());
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void packsWhatIsMadeMeanwhile() throws IOException {
        try (TarPacker tar = new TarPacker(Channels.newChannel(out), Progress.SILENT)) {
            tar.made("rootfs-diff.tar", new Lines(5, "lines"));
            tar.complete();
        }
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(tar.getNextEntry().getName()).isEqualTo("rootfs-diff.tar");
            assertThat(new String(tar.readAllBytes())).isEqualTo("lines");
        }
    }

    @Test
    void noticesThatItBecameMoreOrLess() {
        for (int announced : new int[] {4, 6}) {
            try (TarPacker tar = new TarPacker(Channels.newChannel(out), Progress.SILENT)) {
                assertThatThrownBy(() -> tar.made("rootfs-diff.tar", new Lines(announced, "lines")))
                        .hasMessage("what becomes rootfs-diff.tar was changed while it was read");
            }
        }
    }
}
