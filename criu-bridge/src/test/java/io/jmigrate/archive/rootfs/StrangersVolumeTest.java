package io.jmigrate.archive.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.transfer.Attributes;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.DeviceNumber;
import io.jmigrate.runtime.linux.ExtendedAttributes;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a volume, as somebody packs them who wants a way to root on the host. */
class StrangersVolumeTest {
    private static final byte[] ALL_CAPABILITIES = {1, 0, 0, 2, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    private Path directory;

    private static TreeEntry entry(String path, Kind kind, int mode, String link, Map<String, byte[]> attributes) {
        int uid = Processes.effectiveUid();
        long device = kind == Kind.BLOCK_DEVICE ? new DeviceNumber(8, 0).device() : new DeviceNumber(1, 3).device();
        return new TreeEntry(path, kind, mode, uid, uid, 0, 1, link, device, attributes);
    }

    private static TreeEntry entry(String path, Kind kind, int mode, String link) {
        return entry(path, kind, mode, link, Map.of());
    }

    private Withheld unpack(List<TreeEntry> entries, boolean trusted) throws IOException {
        Path file = directory.resolve("volume.tar");
        try (PaxTarOutput tar = new PaxTarOutput(Files.newOutputStream(file))) {
            for (TreeEntry entry : entries) {
                tar.entry(entry);
            }
        }
        return RootfsChanges.unpack("a.tar", "volumes/data.tar", file, volume(), trusted);
    }

    private Path volume() throws IOException {
        return Files.createDirectories(directory.resolve("volume"));
    }

    private int mode(String name) throws IOException {
        return (int) Files.getAttribute(volume().resolve(name), "unix:mode") & 07777;
    }

    @Test
    void losesRightsAndDevices() throws IOException {
        Withheld withheld = unpack(
                List.of(
                        entry("dir", Kind.DIRECTORY, 02775, ""),
                        entry("dir/su", Kind.FILE, 04755, ""),
                        entry("dir/sg", Kind.FILE, 02755, ""),
                        entry("dir/su2", Kind.HARD_LINK, 04755, "dir/su"),
                        entry(
                                "cap",
                                Kind.FILE,
                                0755,
                                "",
                                Map.of(Attributes.CAPABILITIES, ALL_CAPABILITIES, "user.kept", new byte[] {1})),
                        entry("sda", Kind.BLOCK_DEVICE, 0666, ""),
                        entry("sda2", Kind.HARD_LINK, 0666, "sda"),
                        entry("null", Kind.CHARACTER_DEVICE, 0666, ""),
                        entry("null", Kind.FILE, 0644, ""),
                        entry("null2", Kind.HARD_LINK, 0644, "null")),
                false);
        assertThat(withheld).isEqualTo(new Withheld(3, 3));
        assertThat(withheld.inSentence())
                .isEqualTo("the set-id bits and capabilities of 3 programs, and 3 device nodes");
        assertThat(List.of(mode("dir"), mode("dir/su"), mode("dir/sg"), mode("dir/su2")))
                .containsExactly(02775, 0755, 0755, 0755);
        assertThat(ExtendedAttributes.names(volume().resolve("cap"))).containsExactly("user.kept");
        assertThat(volume().toFile().list()).containsExactlyInAnyOrder("dir", "cap", "null", "null2");
    }

    @Test
    void keepsThemIfSomebodyVouchesForIt() throws IOException {
        Withheld withheld = unpack(List.of(entry("su", Kind.FILE, 04755, "")), true);
        assertThat(withheld.isNothing()).isTrue();
        assertThat(mode("su")).isEqualTo(04755);
    }

    @Test
    void saysNothingOfFilesLikeOthers() throws IOException {
        assertThat(unpack(List.of(entry("file", Kind.FILE, 0644, "")), false)).isEqualTo(Withheld.NOTHING);
    }
}
