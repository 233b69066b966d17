package io.jmigrate.archive.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.transfer.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTarTest {
    private static final int BLOCK = 512;
    private static final int TYPE_AT = 156;
    private static final int TIME_NANOS = 1_000_000_000;

    @TempDir
    private Path tree;

    private static Stamp fifo(long device, long inode) {
        return new Stamp(device, inode, 2, 0010644, 0, 0, 0, 0, TIME_NANOS, TIME_NANOS, true);
    }

    /** The types of the entries, in order (tar(5)); FIFOs have no content. */
    private String types(Map<String, Stamp> names) throws IOException {
        for (String each : names.keySet()) {
            Files.createFile(tree.resolve(each));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TreeTar(tree, new PaxTarOutput(bytes)).write(new TreeMap<>(names));
        byte[] tar = bytes.toByteArray();
        StringBuilder types = new StringBuilder();
        for (int at = 0; at < tar.length; at += BLOCK) {
            if (new String(tar, at + 257, 5, StandardCharsets.US_ASCII).equals("ustar")) {
                types.append((char) tar[at + TYPE_AT]);
            }
        }
        return types.toString().replace("x", "");
    }

    @Test
    void secondNamesAreLinks() throws IOException {
        assertThat(types(Map.of("a", fifo(1, 7), "b", fifo(1, 7)))).isEqualTo("61");
    }

    /** Numbers of files are each filesystem's own. */
    @Test
    void filesOfTwoFilesystemsAreTwo() throws IOException {
        assertThat(types(Map.of("a", fifo(1, 7), "b", fifo(2, 7)))).isEqualTo("66");
    }
}
